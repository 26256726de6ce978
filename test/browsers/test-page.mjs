/**
 * Runs in the test page. The runner clones every result to report it, and what a failed assertion was
 * about may be impossible to clone: a URL, an element. It would then report nothing and wait until
 * its time is over, so such results are reported as text.
 */
function reportAnything() {
  const clone = globalThis.structuredClone;
  /** @param {string} _key @param {any} value */
  const printable = (_key, value) => {
    if (typeof value === 'function' || typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.getPrototypeOf(value) === Object.prototype ? value : String(value);
  };
  /** @param {any} value @param {StructuredSerializeOptions} [options] */
  globalThis.structuredClone = (value, options) => {
    try {
      return clone(value, options);
    } catch (error) {
      if (!String(value?.type).startsWith('wtr-')) throw error;
      return JSON.parse(JSON.stringify(value, printable));
    }
  };
}

/** @param {string} testFramework its URL */
export const testPage = (testFramework) => `<!doctype html>
<html>
  <body>
    <script>
      (${reportAnything.toString()})();
    </script>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`;
