import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";

// Mantine and React Flow place elements through inline styles; scripts never need it. The sandbox compiles WebAssembly.
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join("; ");

const headers = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "SAMEORIGIN",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
} as const;

/** Sets the headers that keep a page to itself on every answer; what is under /api is never stored. */
export function securityHeaders({ https }: { https: boolean }): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
    if (https) context.res.headers.set("Strict-Transport-Security", "max-age=31536000");
    if (context.req.path.startsWith("/api/") && !context.res.headers.has("Cache-Control")) {
      context.res.headers.set("Cache-Control", "no-store");
    }
  };
}
