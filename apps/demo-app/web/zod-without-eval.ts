import * as z from "zod";

// The pages' content security policy has no 'unsafe-eval'. Imported first: schemas look this up when they are made.
z.config({ jitless: true });
