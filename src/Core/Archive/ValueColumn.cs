using System.Buffers.Text;

namespace Footfall.Core.Archive;

/// <summary>
/// A column of values of which many come again. Each value is written once; then it is named by its number, or, better, as the one that is expected.
/// That leaves the compressor little but what is new. Lengths stand apart from bytes because values of a column are mostly equally long.
/// </summary>
sealed class ValueColumn(List<ColumnWriter> columns, IdColumns ids)
{
    public const int New = 0;
    public const int ExpectedByVisitor = 1;
    public const int ExpectedByPage = 2;
    public const int FirstNumber = 3;

    /// <summary>In place of a length: a UUID as the framework writes it, of which the ten last bytes are among the ids.</summary>
    public const int IsId = 0;

    readonly ColumnWriter _numbers = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _lengths = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _bytes = ColumnWriter.AddedTo(columns);
    readonly Dictionary<ReadOnlyMemory<byte>, int> _known = new(BytesComparer.Instance);
    readonly ExpectedValues _expected = new();

    /// <param name="value">Kept, so its bytes must not change, unless they came before.</param>
    /// <returns>Its place among the different values of the column.</returns>
    public int Add(ReadOnlyMemory<byte> value, Contexts contexts)
    {
        var isNew = !_known.TryGetValue(value, out var number);
        if (isNew)
        {
            number = _known.Count;
            _known.Add(value, number);
            _numbers.Number(New);
            AddNew(value.Span);
        }
        else
        {
            var (byVisitor, byPage) = _expected.Of(contexts);
            _numbers.Number(number == byVisitor ? ExpectedByVisitor : number == byPage ? ExpectedByPage : (ulong)number + FirstNumber);
        }
        _expected.Set(contexts, number);
        return number;
    }

    void AddNew(ReadOnlySpan<byte> value)
    {
        Span<byte> id = stackalloc byte[16];
        if (IsCanonical(value, id))
        {
            _lengths.Number(IsId);
            _bytes.Bytes(id[..6]);
            ids.Add(id[6..]);
            return;
        }
        _lengths.Number((ulong)value.Length + 1);
        _bytes.Bytes(value);
    }

    static bool IsCanonical(ReadOnlySpan<byte> value, Span<byte> id)
    {
        if (value.Length != 36 || !Utf8Parser.TryParse(value, out Guid parsed, out var read, 'D') || read != 36)
            return false;
        Span<byte> again = stackalloc byte[36];
        return Utf8Formatter.TryFormat(parsed, again, out _) && again.SequenceEqual(value) && parsed.TryWriteBytes(id, bigEndian: true, out _);
    }
}
