using System.CommandLine;
using System.Globalization;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli;

/// <summary>Erases everything about a visitor, a user or a site, after asking.</summary>
sealed class ForgetCommand : ServerCommand
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    readonly Option<string> _site = new("--site") { Description = "The site, by domain or id.", HelpName = "DOMAIN", Required = true };
    readonly Option<string?> _visitor = new("--visitor") { Description = "Only this visitor, as a raw hit names it.", HelpName = "HEX" };
    readonly Option<string?> _user = new("--user") { Description = "Only this user, by the site's own id.", HelpName = "ID" };
    readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };

    public ForgetCommand(CliContext context)
        : base(context, "forget", "Erase everything received so far about a visitor, a user or a site: from reports, archive and log. It leaves a signed receipt.",
            "footfall forget --site example.com --user u-17", "footfall forget --site example.com --visitor 00c0ffee00c0ffee --yes")
    {
        foreach (var option in (Option[])[_site, _visitor, _user, _yes])
            Options.Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var question = new ForgetQuestion(parsed.GetValue(_site)!, parsed.GetValue(_visitor), parsed.GetValue(_user));
        if (!parsed.GetValue(_yes))
            await AskAsync(question);
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var asked = await connection.Client.ForgetAsync(question, cancellation);
        var done = await Activity.ShowAsync(Context, "Erasing ...", tell => WaitAsync(connection.Client, asked.Id, tell, cancellation));
        var receipt = done.Receipt!;
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"Erased: {receipt.Hits:N0} raw hits in {receipt.Segments.Count:N0} segments of the archive, {receipt.Events:N0} events and {receipt.Visits:N0} visits of the reports."));
        await Context.Out.WriteLineAsync($"Receipt {done.Id}: 'footfall receipts {done.Id}' shows it. Backups made before hold the hits still; delete those that must not.");
        return CommandLine.Ok;
    }

    async Task AskAsync(ForgetQuestion question)
    {
        var who = question.User is { } user ? $"the user {user} of {question.Site}" : question.Visitor is { } visitor ? $"the visitor {visitor} of {question.Site}" : $"all of {question.Site}";
        if (!Context.Interactive)
            throw new UserErrorException($"Erasing {who} needs --yes, because nobody is there to ask.");
        await Context.Out.WriteAsync($"Erase {who}, for ever? Type the name of the site: ");
        if (Context.ReadLine() != question.Site)
            throw new UserErrorException($"That was not {question.Site}, so nothing was erased.");
    }

    async Task<ErasureAnswer> WaitAsync(FootfallClient client, string id, Action<string> tell, CancellationToken cancellation)
    {
        while (true)
        {
            var erasure = await client.ErasureAsync(id, cancellation);
            if (erasure.Receipt is not null)
                return erasure;
            if (erasure.Problem is { } problem)
                tell($"Erasing; it is tried again, because {problem} ...");
            await Task.Delay(Pause, Context.Clock, cancellation);
        }
    }
}
