using System.Globalization;
using Footfall.Core.Hits.AccessLogs;
using Spectre.Console;

namespace Footfall.Server.Cli.Import;

/// <summary>What came of an import, as a table.</summary>
static class ImportSummary
{
    static readonly (ImportVerdict Verdict, string Words)[] LeftOut =
    [
        (ImportVerdict.Asset, "left out: styles, scripts, images, fonts"),
        (ImportVerdict.Feed, "left out: feeds"),
        (ImportVerdict.Housekeeping, "left out: robots.txt, icons, site maps"),
        (ImportVerdict.Redirect, "left out: redirects"),
        (ImportVerdict.Error, "left out: errors (4xx, 5xx)"),
        (ImportVerdict.Partial, "left out: further pieces of a file (206)"),
        (ImportVerdict.OtherMethod, "left out: other than GET"),
        (ImportVerdict.NoPath, "left out: requests without a path"),
        (ImportVerdict.OtherHost, "left out: other hosts"),
    ];

    public static void Write(CliContext context, ImportTally tally, RejectsFile rejects, long sent, TimeSpan duration)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false };
        table.AddColumn("");
        table.AddColumn(new TableColumn("").RightAligned());
        Row("lines", tally.Lines);
        Row("page views", tally[ImportVerdict.PageView]);
        Row("downloads", tally[ImportVerdict.Download]);
        RowIfAny("other events", tally.OtherEvents);
        foreach (var (verdict, words) in LeftOut)
            RowIfAny(words, tally[verdict]);
        RowIfAny("left out: other sites", tally.OtherSite);
        Row("malformed", tally.Malformed);
        RowIfAny("refused by the server", rejects.Count - tally.Malformed);
        Row("events sent now", sent);
        table.AddRow("duration", string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:N1} s"));
        Row("lines per second", (long)(tally.Lines / Math.Max(0.001, duration.TotalSeconds)));
        context.Console.Write(table);
        foreach (var line in rejects.Shown)
            context.Out.WriteLine("  " + line);
        if (rejects.Count > 0)
            context.Out.WriteLine($"Every rejected line is in {rejects.Path}.");

        void RowIfAny(string words, long number)
        {
            if (number > 0)
                Row(words, number);
        }

        void Row(string words, long number) => table.AddRow(words, number.ToString("N0", CultureInfo.InvariantCulture));
    }
}
