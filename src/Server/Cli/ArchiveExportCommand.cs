using System.CommandLine;
using System.Globalization;
using System.IO.Compression;

namespace Footfall.Server.Cli;

/// <summary>Writes raw hits to a file: all of them, or all about a site or a visitor.</summary>
sealed class ArchiveExportCommand : ServerCommand
{
    const int TellEvery = 5_000;

    readonly Argument<string> _file = new("file") { Description = "Where to write; a name that ends in .gz is compressed." };
    readonly HitOptions _hits;

    public ArchiveExportCommand(CliContext context)
        : base(context, "export", "Write raw hits to a file, those in the log included: everything there is about a site, a visitor or a time.",
            "footfall archive export hits.jsonl.gz", "footfall archive export person.jsonl --site example.com --user u-17")
    {
        Arguments.Add(_file);
        _hits = new HitOptions(this);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var file = parsed.GetValue(_file)!;
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var (hits, damaged) = (0L, 0L);
        var draft = file + ".partial";
        await Activity.ShowAsync(Context, "Reading ...", async tell =>
        {
            await using var writer = new StreamWriter(Open(draft, file));
            await foreach (var line in connection.Client.HitsAsync(_hits.Query(parsed, sealedOnly: false), cancellation))
            {
                await writer.WriteAsync(line.AsMemory(), cancellation);
                await writer.WriteAsync("\n".AsMemory(), cancellation);
                if (HitOptions.DamageOf(line) is not null)
                    damaged++;
                else if (++hits % TellEvery == 0)
                    tell(string.Create(CultureInfo.InvariantCulture, $"{hits:N0} hits ..."));
            }
            return hits;
        });
        File.Move(draft, file, overwrite: true);
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{hits:N0} hits in {file}."));
        if (damaged == 0)
            return CommandLine.Ok;
        await Context.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{damaged:N0} stretches could not be read; lines with \"damage\" stand in their place, and 'footfall archive verify' says what they held."));
        return CommandLine.Failed;
    }

    static Stream Open(string path, string name)
    {
        try
        {
            var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            return name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written: {refused.Message}", refused);
        }
    }
}
