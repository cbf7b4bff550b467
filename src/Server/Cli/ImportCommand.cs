using System.CommandLine;
using Footfall.Core.Hits.AccessLogs;
using Footfall.Server.Cli.Import;

namespace Footfall.Server.Cli;

/// <summary>Brings logs of web servers, and files of events, into a site.</summary>
sealed class ImportCommand : ServerCommand
{
    readonly Argument<string[]> _files = new("file") { Description = "Logs, plain, gzip or zstd; - is standard input.", Arity = ArgumentArity.OneOrMore };
    readonly Option<string> _site = new("--site") { Description = "The domain or id of the site.", HelpName = "SITE", Required = true };
    readonly Option<string?> _format = new("--format") { Description = "combined (also common), caddy, cloudfront or native; found out by default.", HelpName = "NAME" };
    readonly Option<bool> _again = new("--again") { Description = "Send files that are imported already; what was counted is not counted twice." };
    readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing unless something goes wrong." };

    public ImportCommand(CliContext context)
        : base(context, "import", "Import access logs or files of events into a site.",
            "footfall import --site example.com /var/log/nginx/access.log /var/log/nginx/access.log.1.gz",
            "zcat old/*.gz | footfall import --site example.com -")
    {
        _format.AcceptOnlyFromAmong("combined", "common", "caddy", "cloudfront", "native");
        Arguments.Add(_files);
        Options.Add(_site);
        Options.Add(_format);
        Options.Add(_again);
        Options.Add(_quiet);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var site = await SiteAsync(connection.Client, parsed.GetValue(_site)!, cancellation);
        var run = new ImportRun(Context, connection.Client, site, Settings(parsed).Data, Server(parsed) ?? "local")
        {
            Format = Format(parsed.GetValue(_format)),
            Again = parsed.GetValue(_again),
            Quiet = parsed.GetValue(_quiet),
        };
        foreach (var file in parsed.GetValue(_files)!)
            await run.FileAsync(file, cancellation);
        await Processing.WaitAsync(Context, connection.Client, run.Quiet, cancellation);
        return CommandLine.Ok;
    }

    static AccessLogFormat? Format(string? name) => name switch
    {
        "combined" or "common" => AccessLogFormat.Combined,
        "caddy" => AccessLogFormat.Caddy,
        "cloudfront" => AccessLogFormat.CloudFront,
        "native" => AccessLogFormat.Native,
        _ => null,
    };
}
