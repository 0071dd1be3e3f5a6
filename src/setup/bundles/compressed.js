import zlib from 'node:zlib';
import CompressionPlugin from 'compression-webpack-plugin';

const texts = /\.(js|json|html|svg|css)$/;

/** What every browser takes, and what newer ones take instead, beside each text file. */
export const compressed = () => [
  new CompressionPlugin({ test: texts, filename: '[path][base].gz', minRatio: 0.95 }),
  new CompressionPlugin({
    test: texts,
    algorithm: 'brotliCompress',
    compressionOptions: /** @type {import('node:zlib').BrotliOptions} */ ({
      params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 10 },
    }),
    filename: '[path][base].br',
    minRatio: 0.95,
  }),
];
