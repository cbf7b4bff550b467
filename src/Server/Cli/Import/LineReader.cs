namespace Footfall.Server.Cli.Import;

/// <summary>Cuts a stream into lines without a copy of each. A line longer than the limit is cut there and marked, and reading goes on after it.</summary>
sealed class LineReader(Stream stream)
{
    /// <summary>Far above what web servers accept as a request; bounds the memory.</summary>
    public const int LineBytesMax = 64 * 1024;

    readonly byte[] _buffer = new byte[4 * LineBytesMax];
    int _start;
    int _end;
    bool _ended;

    /// <summary>The line without its ending; holds until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    public bool TooLong { get; private set; }

    /// <summary>False at the end.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        TooLong = false;
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                Take(searched + found, endingBytes: 1);
                return true;
            }
            searched = _end - _start;
            if (_ended)
            {
                if (searched == 0)
                    return false;
                Take(searched, endingBytes: 0);
                return true;
            }
            if (searched > LineBytesMax)
            {
                await SkipLineAsync(cancellation);
                return true;
            }
            await FillAsync(cancellation);
        }
    }

    void Take(int length, int endingBytes)
    {
        TooLong = length > LineBytesMax;
        Line = _buffer.AsMemory(_start, Math.Min(length, LineBytesMax)).TrimEnd((byte)'\r');
        _start += length + endingBytes;
    }

    async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_buffer.Length - _end < LineBytesMax)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
        _end += read;
        _ended = read == 0;
    }

    async ValueTask SkipLineAsync(CancellationToken cancellation)
    {
        var kept = _buffer.AsSpan(_start, 256).ToArray();
        while (!_ended)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _start += found + 1;
                break;
            }
            (_start, _end) = (0, 0);
            await FillAsync(cancellation);
        }
        Line = kept;
        TooLong = true;
    }
}
