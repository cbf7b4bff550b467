namespace Footfall.Core.Archive;

/// <summary>The columns of a block, given out in the order in which they were begun.</summary>
sealed class ColumnQueue(IReadOnlyList<ReadOnlyMemory<byte>> columns)
{
    int _next;

    public bool IsEmpty => _next == columns.Count;

    public ColumnReader Next() => _next < columns.Count ? new ColumnReader(columns[_next++]) : throw new FormatException("a block has too few columns");
}
