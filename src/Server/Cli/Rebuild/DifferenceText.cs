using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Footfall.Server.Cli.Wire;
using Spectre.Console;

namespace Footfall.Server.Cli.Rebuild;

/// <summary>The difference of a rebuild for a person, for a spreadsheet and for a program.</summary>
static class DifferenceText
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(CliContext context, RebuildAnswer rebuild, DifferenceAnswer difference)
    {
        if (difference.Moved == 0)
        {
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Nothing moved: {difference.Numbers:N0} numbers of {difference.Sites:N0} sites are the same."));
        }
        else
        {
            context.Console.Write(TableOf(difference));
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{difference.Moved:N0} of {difference.Numbers:N0} numbers moved on {difference.Sites:N0} sites; the {difference.Movers.Count:N0} biggest are shown."));
        }
        context.Out.WriteLine($"Before: {difference.DefinitionBefore}");
        context.Out.WriteLine($"After:  {difference.DefinitionAfter}");
        if (rebuild.Left is { Events: > 0 } left)
            context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{left.Visits:N0} visits with {left.Events:N0} events cannot be made anew, because raw hits are gone; they stay as they were."));
        context.Out.WriteLine(WhatNext(rebuild));
    }

    public static void WriteCsv(TextWriter output, DifferenceAnswer difference)
    {
        output.WriteLine("site,dimension,value,metric,before,after");
        foreach (var mover in difference.Movers)
            output.WriteLine(string.Join(',', Quoted(mover.Site), Quoted(mover.Dimension ?? ""), Quoted(mover.Value ?? ""), mover.Metric, Exactly(mover.Before), Exactly(mover.After)));
    }

    public static void WriteJson(TextWriter output, RebuildAnswer rebuild, DifferenceAnswer difference) =>
        output.WriteLine(JsonSerializer.Serialize(new { Rebuild = rebuild, Difference = difference }, Json));

    static string WhatNext(RebuildAnswer rebuild) => rebuild.Phase switch
    {
        "ready" => "Nothing live has changed. 'footfall rebuild switch' has the new numbers go live, 'footfall rebuild drop' forgets them.",
        "switched" => "The new numbers are live. 'footfall rebuild rollback' brings the old ones back, 'footfall rebuild drop' lets go of them.",
        "rolled_back" => "The old numbers are live. 'footfall rebuild switch' brings the new ones in, 'footfall rebuild drop' lets go of them.",
        _ => "It was a dry run: nothing was kept.",
    };

    static Table TableOf(DifferenceAnswer difference)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("Site", "Of", "Metric");
        foreach (var name in (string[])["Before", "After", "Change"])
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var mover in difference.Movers)
        {
            var of = mover.Dimension is null ? "all" : $"{mover.Dimension} {mover.Value}";
            table.AddRow(
                Markup.Escape(mover.Site), Markup.Escape(Shown(of)), mover.Metric, Shown(mover.Before), Shown(mover.After), Change(mover));
        }
        return table;
    }

    static string Change(MoverAnswer mover)
    {
        var change = (mover.After ?? 0) - (mover.Before ?? 0);
        var part = mover.Before is { } before && before != 0 ? string.Create(CultureInfo.InvariantCulture, $" ({change / Math.Abs(before):+0.0%;-0.0%})") : "";
        return (change > 0 ? "+" : "") + Shown(change) + part;
    }

    static string Shown(double? number) => number is not { } value ? "–" : value.ToString(Math.Abs(value % 1) < 1e-9 ? "N0" : "N3", CultureInfo.InvariantCulture);

    /// <summary>Text of visitors, such as a page's path, without what could play tricks on a terminal.</summary>
    static string Shown(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));

    static string Exactly(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A value that a spreadsheet would take for a formula is made plain by a leading apostrophe.</summary>
    static string Quoted(string text)
    {
        var plain = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return plain.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }
}
