using System.Text;

namespace Footfall.Core.Enrichment;

/// <summary>A table of words that is part of this assembly: tab-separated, its first line says what the columns are.</summary>
static class EmbeddedTable
{
    public static IEnumerable<string[]> Rows(string name, int columns)
    {
        foreach (var line in Text(name).Split('\n').Skip(1))
        {
            if (line.Length == 0)
                continue;
            var cells = line.Split('\t');
            if (cells.Length != columns)
                throw new InvalidOperationException($"{name} has a line of {cells.Length} columns instead of {columns}: {line}");
            yield return cells;
        }
    }

    static string Text(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
