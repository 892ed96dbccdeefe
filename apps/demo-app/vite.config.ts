import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at("web"),
  base: "/",
  plugins: [react()],
  build: {
    outDir: at("dist"),
    emptyOutDir: true,
    target: "es2023",
    // From here on browsers know light-dark(): the stand-in for older ones ignores a colour scheme set by script.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // The designer is one page, not a set of them: there is nothing to split before it is shown.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: {
        designer: at("web/designer/index.html"),
        run: at("web/run/index.html"),
        audit: at("web/audit/index.html"),
      },
    },
  },
  worker: { format: "es" },
});
