using System.CommandLine;
using System.Globalization;
using Footfall.Server.Cli.Wire;

namespace Footfall.Server.Cli;

/// <summary>Compares every segment with its checksums, and says which hits are hurt.</summary>
sealed class ArchiveVerifyCommand : ServerCommand
{
    public ArchiveVerifyCommand(CliContext context)
        : base(context, "verify", "Read every segment, compare it with its checksums, and say which hits are hurt.", "footfall archive verify") => SetAction(RunAsync);

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var archive = await connection.Client.ArchiveAsync(cancellation);
        var total = Math.Max(1, archive.Segments.Sum(segment => segment.Bytes));
        var (read, hurt) = (0L, new List<(ArchiveSegmentAnswer Segment, DamageAnswer Damage)>());
        await Activity.ShowAsync(Context, "Reading ...", async tell =>
        {
            await foreach (var verified in connection.Client.VerifyArchiveAsync(cancellation))
            {
                read += verified.Bytes;
                hurt.AddRange(verified.Damage.Select(damage => (verified.Segment, damage)));
                tell(string.Create(CultureInfo.InvariantCulture, $"Reading: {(double)read / total:P0}, {read / 1e6:N1} MB ..."));
            }
            return read;
        });
        foreach (var missing in archive.Missing)
            await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Missing: offsets {missing.Start} to {missing.End}, {missing.Hits:N0} hits."));
        foreach (var (segment, damage) in hurt)
            await Context.Out.WriteLineAsync(Sentence(segment, damage));
        if (hurt.Count == 0 && archive.Missing.Count == 0)
        {
            await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"All {archive.Segments.Count:N0} segments are sound: {archive.Segments.Sum(segment => segment.Hits):N0} hits, {read / 1e6:N1} MB."));
            return CommandLine.Ok;
        }
        await Context.Out.WriteLineAsync("Restore the named segments from a backup into DATA/archive and restart; every other hit is readable.");
        return CommandLine.Failed;
    }

    static string Sentence(ArchiveSegmentAnswer segment, DamageAnswer damage)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"Damaged: the segment of offsets {segment.Start} to {segment.End}, {damage.What}");
        if (!damage.HurtsHits)
            return where + ".";
        var what = damage.Hits is { } hits
            ? string.Create(CultureInfo.InvariantCulture, $"{hits:N0} hits received from {damage.From:yyyy-MM-dd HH:mm:ss} to {damage.Until:yyyy-MM-dd HH:mm:ss} UTC")
            : "an unknown number of hits";
        var sites = damage.Sites is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" of {string.Join(", ", damage.Sites.Select(pair => string.Create(CultureInfo.InvariantCulture, $"site {pair.Key} ({pair.Value:N0})")))}");
        return string.Create(CultureInfo.InvariantCulture, $"{where}; it hurts {what}{sites}, at offsets {damage.Start} to {damage.End}.");
    }
}
