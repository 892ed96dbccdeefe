import "../zod-without-eval.ts";
import { createRoot } from "react-dom/client";
import { RunPage } from "./run-page.tsx";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<RunPage />);
