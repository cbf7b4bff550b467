using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Lists the sealed segments.</summary>
sealed class ArchiveListCommand : ServerCommand
{
    public ArchiveListCommand(CliContext context)
        : base(context, "list", "List the sealed segments of raw hits.", "footfall archive list") => SetAction(RunAsync);

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(parsed, create: false, cancellation);
        var archive = await connection.Client.ArchiveAsync(cancellation);
        if (archive.Segments.Count > 0)
            Context.Console.Write(TableOf(archive.Segments));
        var (hits, bytes) = (archive.Segments.Sum(segment => segment.Hits), archive.Segments.Sum(segment => segment.Bytes));
        await Context.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{hits:N0} hits in {archive.Segments.Count:N0} segments, {bytes / 1e6:N1} MB")
            + (hits > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(double)bytes / hits:N1} bytes a hit") : "")
            + string.Create(CultureInfo.InvariantCulture, $"; {archive.LagBytes:N0} bytes wait in the log."));
        foreach (var missing in archive.Missing)
            await Context.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Missing: the segment of offsets {missing.Start} to {missing.End}, {Span(missing)}; restore it from a backup."));
        if (archive.Failed is { } failed)
            await Context.Error.WriteLineAsync($"Nothing can be sealed: {failed}");
        return archive.Missing.Count > 0 || archive.Failed is not null ? CommandLine.Failed : CommandLine.Ok;
    }

    public static string Span(Wire.ArchiveSegmentAnswer segment) =>
        string.Create(CultureInfo.InvariantCulture, $"{segment.From:yyyy-MM-dd HH:mm:ss} to {segment.Until:yyyy-MM-dd HH:mm:ss} UTC");

    static Table TableOf(IReadOnlyList<Wire.ArchiveSegmentAnswer> segments)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("Received (UTC)");
        foreach (var name in (string[])["Start", "End", "Hits", "Bytes", "Sites"])
            table.AddColumn(new TableColumn(name).RightAligned());
        table.AddColumns("Compressed", "SHA-256");
        foreach (var segment in segments)
        {
            table.AddRow(
                Span(segment), Number(segment.Start), Number(segment.End), Number(segment.Hits), Number(segment.Bytes),
                segment.Sites is { } sites ? Number(sites.Count) : "?", segment.Effort, segment.Sha256.Length > 12 ? segment.Sha256[..12] : "damaged");
        }
        return table;
    }

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
