using System.CommandLine;
using Footfall.Server.Cli.Doctor;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Checks everything that can be checked, and says what to do.</summary>
sealed class DoctorCommand : ServerCommand
{
    public DoctorCommand(CliContext context)
        : base(context, "doctor", "Check settings, data folder, disk, clock, server, log and ledgers, and say what to do.", "footfall doctor") =>
        SetAction(RunAsync);

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var settings = Settings(parsed);
        findings.Add(Finding.Ok("settings", "are valid; 'footfall config' shows them"));
        if (Server(parsed) is null)
            findings.AddRange(LocalChecks.Run(settings.Data, Context.Clock));
        if (findings.TrueForAll(finding => finding.Verdict != Verdict.Fail))
            findings.AddRange(await AskServerAsync(parsed, cancellation));
        foreach (var finding in findings)
            Write(finding);
        return findings.Exists(finding => finding.Verdict == Verdict.Fail) ? CommandLine.Failed : CommandLine.Ok;
    }

    async Task<IReadOnlyList<Finding>> AskServerAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await ConnectAsync(parsed, create: false, cancellation);
            var reached = connection.IsOwn
                ? Finding.Warn("server", "none runs on this data folder; it was opened for these checks", "start it with 'footfall serve'")
                : Finding.Ok("server", $"answers at {connection.Client.Address}");
            return [reached, .. await ServerChecks.RunAsync(connection.Client, Context.Clock, cancellation)];
        }
        catch (Exception error) when (error is UserErrorException or ServerUnreachableException)
        {
            return [Finding.Fail("server", error.Message.TrimEnd('.'), "put that right and run this again")];
        }
    }

    void Write(Finding finding)
    {
        var (colour, word) = finding.Verdict switch
        {
            Verdict.Ok => ("green", "ok  "),
            Verdict.Warn => ("yellow", "warn"),
            _ => ("red", "FAIL"),
        };
        var advice = finding.Advice is null ? "." : $": {finding.Advice}.";
        Context.Console.Write(new Markup($"[{colour}]{word}[/] "));
        Context.Console.Profile.Out.Writer.WriteLine($"{finding.Check}: {finding.What}{advice}");
    }
}
