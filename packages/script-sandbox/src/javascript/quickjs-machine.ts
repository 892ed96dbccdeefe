import loadQuickJs from "@jitl/quickjs-wasmfile-release-sync/emscripten-module";
import { QuickJSFFI } from "@jitl/quickjs-wasmfile-release-sync/ffi";
import { newQuickJSWASMModuleFromVariant, newVariant } from "quickjs-emscripten-core";
import type { QuickJSContext, QuickJSSyncVariant } from "quickjs-emscripten-core";

/** A new interpreter that has run nothing yet, and what its host saw happen to it. */
export interface QuickJsMachine {
  readonly context: QuickJSContext;
  /** Whether the interpreter asked for more memory than its cap. */
  wasDeniedMemory(): boolean;
}

/** How a machine is made. */
export interface QuickJsMachineOptions {
  readonly memoryBytes: number;
  /** Stands for the clock, in milliseconds since 1970. @default the host's clock */
  readonly nowMs?: number | undefined;
}

const pageBytes = 65_536;
const initialPages = 256;

// The variant's own loaders are dynamic imports, which would split a browser's worker into several files.
const variant: QuickJSSyncVariant = {
  type: "sync",
  importFFI: () => Promise.resolve(QuickJSFFI),
  importModuleLoader: () => Promise.resolve(loadQuickJs),
};

/**
 * Makes an interpreter in a WebAssembly instance and a memory of its own. It is never disposed of: a script may have
 * left it in any state, and dropping the whole instance is the one clean-up that cannot go wrong.
 *
 * The memory is capped by `WebAssembly.Memory`; QuickJS's own `setMemoryLimit` does not hold (quickjs-emscripten #271).
 */
export async function createQuickJsMachine(
  module: WebAssembly.Module,
  { memoryBytes, nowMs }: QuickJsMachineOptions,
): Promise<QuickJsMachine> {
  const maximum = Math.max(initialPages, Math.floor(memoryBytes / pageBytes));
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum });
  let deniedMemory = false;

  const quickJs = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, {
      wasmMemory: memory,
      emscriptenModule: {
        ...silence,
        instantiateWasm(imports, onSuccess) {
          const host = readHostImports(imports);
          const env = {
            ...imports.a,
            [importNames.grow]: (sizeBytes: number) => {
              const isGrown = host.grow(sizeBytes);
              if (!isGrown) deniedMemory = true;
              return isGrown;
            },
            [importNames.now]: () => nowMs ?? host.now(),
            // Scripts live in UTC, so that server, browser and preview agree and none tells where it stands.
            [importNames.localTime]: (time: bigint, pointer: number) => {
              host.localTime(time, pointer);
              const fields = new Int32Array(memory.buffer);
              fields[(pointer + tmIsDst) / 4] = 0;
              fields[(pointer + tmGmtOffset) / 4] = 0;
            },
          };
          const instance = new WebAssembly.Instance(module, { ...imports, a: env });
          onSuccess(instance);
          return instance.exports;
        },
      },
    }),
  );
  return { context: quickJs.newContext(), wasDeniedMemory: () => deniedMemory };
}

// Emscripten would print an abort's text to the host's console.
const silence = { print: () => {}, printErr: () => {} };

// The build shortens the names of its imports. The package is pinned, and tests fail if one of these moves:
// a denied growth must give MEMORY, the clock must be fixed, and time zones must be UTC.
const importNames = { grow: "k", now: "p", localTime: "m" } as const;

// Offsets into C's struct tm.
const tmIsDst = 32;
const tmGmtOffset = 36;

interface HostImports {
  grow(sizeBytes: number): boolean;
  now(): number;
  localTime(time: bigint, pointer: number): void;
}

function readHostImports(imports: WebAssembly.Imports): HostImports {
  const { grow, now, localTime } = importNames;
  return {
    grow: (sizeBytes) => Boolean(callImport(imports, grow, sizeBytes)),
    now: () => Number(callImport(imports, now)),
    localTime: (time, pointer) => void callImport(imports, localTime, time, pointer),
  };
}

function callImport(imports: WebAssembly.Imports, name: string, ...values: unknown[]): unknown {
  const imported = imports.a?.[name];
  if (typeof imported !== "function") throw new TypeError(`The QuickJS build has no import "${name}".`);
  return Reflect.apply(imported, undefined, values);
}
