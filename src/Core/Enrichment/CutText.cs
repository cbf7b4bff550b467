namespace Footfall.Core.Enrichment;

/// <summary>Collects text in a buffer of the caller's; what does not fit is cut off, control characters are left out as browsers do.</summary>
ref struct CutText(Span<char> buffer)
{
    readonly Span<char> _buffer = buffer;
    int _length;

    public void Append(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (_length == _buffer.Length)
                return;
            if (letter >= ' ')
                _buffer[_length++] = letter;
        }
    }

    public override readonly string ToString()
    {
        // A cut between the halves of a surrogate pair would leave text that no database can store.
        var whole = _length > 0 && char.IsHighSurrogate(_buffer[_length - 1]) ? _length - 1 : _length;
        return _buffer[..whole].ToString();
    }
}
