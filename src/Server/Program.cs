using System.Collections;
using Footfall.Server;
using Footfall.Server.Cli;

using var interruption = new Interruption();
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
var context = new CliContext(
    Console.Out,
    Console.Error,
    Console.OpenStandardInput,
    Console.ReadLine,
    environment,
    Interactive: !Console.IsOutputRedirected,
    TimeProvider.System,
    StartServer: RunningServer.StartAsync);
var code = await CommandLine.RunAsync(args, context, interruption.Token);
return interruption.Terminated && code == CommandLine.Interrupted ? CommandLine.Ok : code;
