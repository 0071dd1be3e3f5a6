import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import CopyPlugin from 'copy-webpack-plugin';
import { transformSync } from 'esbuild';
import { EsbuildPlugin } from 'esbuild-loader';
import HtmlPlugin from 'html-webpack-plugin';
import TerserPlugin from 'terser-webpack-plugin';
import webpack from 'webpack';
import { compressed } from './compressed.js';

const root = path.resolve(import.meta.dirname, '../../..');
/** @param {string[]} parts */
const here = (...parts) => path.join(root, ...parts);
const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8'));

/** Where today's browsers begin: what older ones need is not in their bundle. */
const modernFloor = 'chrome80';
/** The oldest that the other bundle is for; babel's name for the engine of 2013's WebViews and TVs. */
const legacyTargets = { chrome: '30', safari: '7' };

/** Dependencies that ship newer syntax than the modern floor knows. */
const transpiled = ['@lightningjs', '@metrological', 'localcookies', 'i18next', '@cfworker', 'idb', 'uuid'];

/** Polyfills are old syntax already, and would be polyfilled by themselves. */
const untouched = /[\\/]node_modules[\\/](core-js|whatwg-fetch|@swc[\\/]helpers|hls\.js)[\\/]/;

/** What Lightning core brings for everybody and this app never makes. The default shaders draw everything. */
const neverMade =
  /\/(?:webgl\/shaders\/(?!Default)\w+|components\/\w+Component|FlexTarget|SparkRenderer|TextTextureRendererAdvanced|HtmlTexture|NoiseTexture)\.m?js$/;

/** @param {string} name the build's name in its cache */
const shared = (name) => ({
  // No `extensionAlias`: Lightning core ships .ts beside .js.
  resolve: {
    extensions: ['.ts', '.mjs', '.js'],
    // Of line breaking's table, which the build has unpacked already.
    alias: /** @type {Record<string, false>} */ ({ 'tiny-inflate$': false, 'base64-js$': false }),
  },
  cache: cache(name),
  performance: { hints: /** @type {const} */ (false) },
  stats: /** @type {const} */ ('errors-warnings'),
});

/**
 * What was transpiled once is kept between builds.
 *
 * @param {string} name
 * @returns {import('webpack').FileCacheOptions}
 */
export const cache = (name) => ({
  type: 'filesystem',
  name,
  cacheDirectory: here('node_modules/.cache/webpack'),
  buildDependencies: {
    config: [here('webpack.config.js'), import.meta.filename, here('src/setup/bundles/parsed-trie.js')],
  },
});

const plugins = () => [
  // The SDK's Launch imports all its plugins; what is never configured need not be fetched by a village box.
  new webpack.NormalModuleReplacementPlugin(
    /^(@metrological\/sdk|\.\.\/(Accessibility|Ads|Colors|Language|Locale|MediaPlayer|Router|Storage))$/,
    (resource) => {
      if (/[\\/]@lightningjs[\\/]sdk[\\/]/.test(resource.context))
        resource.request = here('src/tv/boot/sdk-plugins-off.ts');
    },
  ),
  new webpack.NormalModuleReplacementPlugin(neverMade, (resource) => {
    if (/[\\/]@lightningjs[\\/]core[\\/]/.test(resource.context))
      resource.request = here('src/tv/boot/lightning-parts-off.ts');
  }),
  new webpack.DefinePlugin({ APP_VERSION: JSON.stringify(version) }),
];

/** @type {import('webpack').RuleSetRule} */
const unpackedTrie = {
  test: /[\\/]linebreak[\\/]dist[\\/]module\.mjs$/,
  loader: here('src/setup/bundles/parsed-trie.js'),
  enforce: 'pre',
};

// The SDK does not say so itself, but its modules only define things: unused ones may go.
const lightningHasNoSideEffects = { test: /[\\/](@lightningjs|@metrological)[\\/]/, sideEffects: false };

/**
 * For engines from 2013 on: ES5, with what they lack. In a folder of its own, built before the page that
 * names it.
 *
 * @type {import('webpack').Configuration}
 */
export const legacy = {
  name: 'tv-legacy',
  target: ['web', 'es5'],
  entry: './src/tv/boot/legacy/index.ts',
  output: {
    path: here('build/tv/legacy'),
    filename: 'app.[contenthash:8].js',
    chunkFilename: '[name].[contenthash:8].js',
    assetModuleFilename: '[name].[contenthash:8][ext]',
    publicPath: 'legacy/',
    clean: true,
  },
  module: {
    rules: [
      {
        test: /\.(ts|m?js)$/,
        exclude: untouched,
        loader: 'swc-loader',
        options: {
          env: { targets: legacyTargets, mode: 'usage', coreJs: '3.51' },
          jsc: {
            parser: { syntax: 'typescript' },
            externalHelpers: true,
            // As properties, or every access would go through a WeakMap, which these engines are slow at.
            assumptions: { privateFieldsAsProperties: true },
          },
          isModule: 'unknown',
        },
        resolve: { fullySpecified: false },
      },
      {
        // Its test of `multipleOf` (no schema of ours has it) writes big integers as literals, which the other
        // loader lets stand.
        test: /[\\/]@cfworker[\\/]/,
        loader: 'esbuild-loader',
        options: { target: 'es2019' },
        enforce: 'pre',
      },
      unpackedTrie,
      lightningHasNoSideEffects,
    ],
  },
  optimization: {
    minimizer: [
      new TerserPlugin({
        minify: TerserPlugin.swcMinify,
        // See the modern bundle.
        exclude: /^hls\./,
        extractComments: false,
        terserOptions: { ecma: 5, compress: true, mangle: true, format: { comments: false } },
      }),
    ],
  },
  plugins: [...plugins(), ...compressed()],
  ...shared('tv-legacy'),
};

/**
 * For engines from Chromium 80 on, and the page that chooses between the two.
 *
 * @type {import('webpack').Configuration}
 */
export const modern = {
  name: 'tv',
  dependencies: ['tv-legacy'],
  target: ['web', 'es2020'],
  entry: './src/tv/boot/index.ts',
  output: {
    path: here('build/tv'),
    filename: 'app.[contenthash:8].js',
    chunkFilename: '[name].[contenthash:8].js',
    assetModuleFilename: '[name].[contenthash:8][ext]',
    publicPath: '',
    clean: { keep: /^legacy[\\/]/ },
  },
  module: {
    rules: [
      {
        test: /\.(ts|m?js)$/,
        include: [here('src'), ...transpiled.map((name) => here('node_modules', name))],
        loader: 'esbuild-loader',
        options: { target: modernFloor },
        resolve: { fullySpecified: false },
      },
      unpackedTrie,
      lightningHasNoSideEffects,
    ],
  },
  optimization: {
    // The hls.js build carries its own worker as text: minifying it again breaks it.
    minimizer: [new EsbuildPlugin({ target: modernFloor, exclude: /^hls\./ })],
  },
  plugins: [
    ...plugins(),
    new HtmlPlugin({
      template: './static/index.html',
      // The loader in the page appends one of the two bundles.
      inject: false,
      templateParameters: (_compilation, assets) => ({
        loader: loader({ modern: assets.js[0] ?? '', legacy: legacyEntry() }),
      }),
      // What an earlier page named may be gone by now.
      cache: false,
    }),
    new CopyPlugin({
      patterns: [
        { from: 'static', to: 'static', globOptions: { ignore: ['**/index.html'] }, noErrorOnMissing: true },
        { from: 'settings.json', to: 'settings.json' },
      ],
    }),
    ...compressed(),
  ],
  ...shared('tv'),
};

/** @returns {string} address of the legacy bundle as built, relative to the page; empty if it is not */
function legacyEntry() {
  const folder = here('build/tv/legacy');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const entry = names.find((name) => /^app\.[0-9a-f]+\.js$/.test(name));
  return entry ? `legacy/${entry}` : '';
}

/**
 * The script that stands in the page itself.
 *
 * @param {{ modern: string, legacy: string }} bundles
 */
function loader(bundles) {
  const source = readFileSync(here('src/setup/bundles/page-loader.js'), 'utf8');
  const named = source.replace("'__BUNDLES__'", JSON.stringify(bundles));
  // ES5 is what the tool can be told; the source itself keeps to ES3.
  return transformSync(named, { minify: true, target: 'es5' }).code.trim();
}
