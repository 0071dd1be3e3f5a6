/**
 * Runs in the page before everything else: counts the bytes of all WebGL textures that are alive, and the time
 * spent in draw calls (milliseconds), which on a box is the graphics chip's work.
 */
(() => {
  const gl = WebGLRenderingContext.prototype;
  const textures = { bytes: 0, most: 0, drawing: 0 };
  Object.assign(window, { textures });
  /** @type {Map<WebGLTexture, number>} */
  const alive = new Map();
  /** @type {WebGLTexture | null} */
  let bound = null;

  const { bindTexture, texImage2D, deleteTexture, drawElements } = gl;
  gl.bindTexture = function (target, texture) {
    bound = texture;
    bindTexture.call(this, target, texture);
  };
  gl.texImage2D = /** @type {typeof texImage2D} */ (
    /**
     * @this {WebGLRenderingContext}
     * @param {unknown[]} args
     */
    function (...args) {
      Reflect.apply(texImage2D, this, args);
      const source = /** @type {{ width: number, height: number }} */ (args[5]);
      const [w, h] = args.length > 6 ? [Number(args[3]), Number(args[4])] : [source.width, source.height];
      if (!bound) return;
      textures.bytes += w * h * 4 - (alive.get(bound) ?? 0);
      textures.most = Math.max(textures.most, textures.bytes);
      alive.set(bound, w * h * 4);
    }
  );
  gl.deleteTexture = function (texture) {
    if (texture) {
      textures.bytes -= alive.get(texture) ?? 0;
      alive.delete(texture);
    }
    deleteTexture.call(this, texture);
  };
  gl.drawElements = function (...args) {
    const from = performance.now();
    drawElements.apply(this, args);
    textures.drawing += performance.now() - from;
  };
})();
