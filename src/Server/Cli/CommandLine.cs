using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Footfall.Core.Accounts;
using Footfall.Core.Warehouse;
using Footfall.Server.Settings;
using Microsoft.AspNetCore.Connections;

namespace Footfall.Server.Cli;

/// <summary>The whole command line: parses, runs, and turns what goes wrong into one sentence and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Something broke that the person cannot put right, or a check failed.</summary>
    public const int Failed = 1;

    /// <summary>Something the person can put right.</summary>
    public const int UserError = 2;

    /// <summary>Stopped by Ctrl-C, as shells expect it.</summary>
    public const int Interrupted = 130;

    static readonly Option<bool> Verbose = new("--verbose") { Description = "Show the trace of an unexpected error.", Recursive = true };

    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellation)
    {
        var root = Root(context);
        var parsed = root.Parse(arguments);
        if (parsed.Action is not HelpWithExamples && parsed.Errors.Count > 0)
        {
            await context.Error.WriteLineAsync(Sentence(parsed));
            return UserError;
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = context.Out,
                Error = context.Error,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception error)
        {
            return await ExplainAsync(error, parsed.GetValue(Verbose), context, cancellation);
        }
    }

    public static string Version =>
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    static RootCommand Root(CliContext context)
    {
        var root = new RootCommand("Footfall: web analytics that you run yourself.")
        {
            new ServeCommand(context),
            new DemoCommand(context),
            new ImportCommand(context),
            new SiteCommand(context),
            new ReportCommand(context),
            new ArchiveCommand(context),
            new HitsCommand(context),
            new RebuildCommand(context),
            new ForgetCommand(context),
            new ReceiptsCommand(context),
            new BackupCommand(context),
            new LoginLinkCommand(context),
            new DoctorCommand(context),
            new ConfigCommand(context),
        };
        root.Options.Add(Verbose);
        root.SetAction(parsed => new HelpAction().Invoke(parsed));
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                option.Action = new HelpWithExamples();
            else if (option is VersionOption)
                option.Action = new PrintVersion();
        }
        return root;
    }

    /// <summary>The first mistake in a command line, with what was probably meant.</summary>
    static string Sentence(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Join(' ', Path(command));
        // Some of the parser's own messages run over several lines.
        var message = string.Join(' ', parsed.Errors[0].Message.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        var known = command.Options.Select(option => option.Name).Concat(command.Subcommands.Select(sub => sub.Name));
        var meant = parsed.UnmatchedTokens.Count > 0 ? NearestName.Of(parsed.UnmatchedTokens[0], known) : null;
        return meant is null ? $"{message}; see '{path} --help'." : $"{message}; did you mean '{meant}'? See '{path} --help'.";
    }

    static List<string> Path(Command command)
    {
        var names = new List<string>();
        for (Symbol? at = command; at is not null; at = at.Parents.FirstOrDefault())
            names.Insert(0, at is RootCommand ? "footfall" : at.Name);
        return names;
    }

    static async Task<int> ExplainAsync(Exception error, bool verbose, CliContext context, CancellationToken cancellation)
    {
        if (error is OperationCanceledException && cancellation.IsCancellationRequested)
            return Interrupted;
        var (sentence, code) = error switch
        {
            UserErrorException or ServerUnreachableException or WarehouseUnavailableException or DatabaseUnavailableException => (error.Message, UserError),
            AddressInUseException or IOException { InnerException: AddressInUseException } =>
                ("The address is in use by another program; choose another one with --listen.", UserError),
            UnauthorizedAccessException => ($"Permission is missing: {error.Message}", UserError),
            _ when verbose => ($"Something unexpected went wrong: {error}", Failed),
            _ => ($"Something unexpected went wrong: {error.Message.ReplaceLineEndings(" ")} (--verbose shows where.)", Failed),
        };
        await context.Error.WriteLineAsync(sentence);
        return code;
    }

    sealed class HelpWithExamples : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = new HelpAction().Invoke(parseResult);
            if (parseResult.CommandResult.Command is not FootfallCommand { Examples.Count: > 0 } command)
                return code;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
                output.WriteLine("  " + example);
            return code;
        }
    }

    sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine("footfall " + Version);
            return Ok;
        }
    }
}
