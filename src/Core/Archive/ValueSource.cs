using System.Buffers.Text;
using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>Gives the values of a <see cref="ValueColumn"/> back, in order.</summary>
sealed class ValueSource(ColumnQueue columns, IdSource ids)
{
    readonly ColumnReader _numbers = columns.Next();
    readonly ColumnReader _lengths = columns.Next();
    readonly ColumnReader _bytes = columns.Next();
    readonly List<ReadOnlyMemory<byte>> _known = [];
    readonly ExpectedValues _expected = new();

    public ReadOnlyMemory<byte> this[int number] => _known[number];

    public ReadOnlyMemory<byte> Next(Contexts contexts) => _known[NextNumber(contexts)];

    /// <summary>The place of the next value among all different ones.</summary>
    public int NextNumber(Contexts contexts)
    {
        var (byVisitor, byPage) = _expected.Of(contexts);
        var number = _numbers.Size(_known.Count + ValueColumn.FirstNumber) switch
        {
            ValueColumn.New => AddNew(),
            ValueColumn.ExpectedByVisitor => byVisitor,
            ValueColumn.ExpectedByPage => byPage,
            var known => known - ValueColumn.FirstNumber,
        };
        if (number < 0 || number >= _known.Count)
            throw new FormatException("a value is named that did not come before");
        _expected.Set(contexts, number);
        return number;
    }

    int AddNew()
    {
        var length = _lengths.Size(IHitLog.RecordBytesMax + 1);
        _known.Add(length == ValueColumn.IsId ? NextId() : _bytes.Bytes(length - 1));
        return _known.Count - 1;
    }

    byte[] NextId()
    {
        Span<byte> id = stackalloc byte[16];
        _bytes.Bytes(6).Span.CopyTo(id);
        ids.Next(id[6..]);
        var text = new byte[36];
        Utf8Formatter.TryFormat(new Guid(id, bigEndian: true), text, out _);
        return text;
    }
}
