// Starts `sendlaw lsp` and lets it serve rule files. Everything it knows of the language stands in the server.
const { window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function activate(context) {
  await start();
  context.subscriptions.push(
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("sendlaw")) {
        await deactivate();
        await start();
      }
    }),
  );
}

async function start() {
  const settings = workspace.getConfiguration("sendlaw");
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const rules = settings.get("rules").flatMap((path) => ["--rules", path]);
  const bundled = settings.get("bundled") ? [] : ["--no-bundled"];
  const server = {
    command: settings.get("command"),
    args: ["lsp", ...rules, ...bundled],
    options: folder ? { cwd: folder } : {},
  };
  client = new LanguageClient("sendlaw", "Sendlaw", server, {
    documentSelector: [{ language: "sendlaw" }],
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/{*.policy,sendlaw.toml,pyproject.toml}") },
  });
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(
      `Sendlaw could not be started with "${server.command}": ${error.message}. ` +
        "Install it with: pip install 'sendlaw[lsp]', or set sendlaw.command.",
    );
  }
}

async function deactivate() {
  if (client?.isRunning()) {
    await client.stop();
  }
  client = undefined;
}

module.exports = { activate, deactivate };
