using System.Buffers;

namespace Footfall.Server.Cli.Import;

/// <summary>Events on their way to the server in one request, each with the line it came from.</summary>
sealed class EventBatch(long index)
{
    public const int EventsMax = 1000;

    /// <summary>A batch is full here: the largest line, with every byte escaped, then still fits into the server's 1 MiB.</summary>
    const int BytesFull = 512 * 1024;

    readonly ArrayBufferWriter<byte> _bytes = new(256 * 1024);
    readonly List<(long Line, int Start)> _events = [];

    /// <summary>Its place in the file's row of batches.</summary>
    public long Index => index;

    /// <summary>Every line up to here is in this batch, in one before it, or left out.</summary>
    public long LastLine { get; set; }

    public int Count => _events.Count;

    public bool IsFull => Count == EventsMax || _bytes.WrittenCount >= BytesFull;

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Where to write the event of a line, its line feed included.</summary>
    public IBufferWriter<byte> Begin(long line)
    {
        _events.Add((line, _bytes.WrittenCount));
        return _bytes;
    }

    /// <summary>The same batch without one event, and the line that it came from.</summary>
    public (EventBatch Others, long Line) Without(int position)
    {
        var rest = new EventBatch(index) { LastLine = LastLine };
        for (var at = 0; at < _events.Count; at++)
        {
            if (at == position)
                continue;
            var end = at + 1 < _events.Count ? _events[at + 1].Start : _bytes.WrittenCount;
            rest.Begin(_events[at].Line).Write(_bytes.WrittenSpan[_events[at].Start..end]);
        }
        return (rest, _events[position].Line);
    }
}
