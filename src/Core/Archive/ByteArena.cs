namespace Footfall.Core.Archive;

/// <summary>Keeps many small texts of bytes in few pieces of memory. What was kept lives as long as anybody holds it, and its neighbours with it.</summary>
sealed class ByteArena
{
    // Below what .NET puts among its large objects, which it looks through rarely and never moves.
    const int PieceBytes = 64 << 10;

    byte[] _piece = [];
    int _used;

    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > PieceBytes / 4)
            return bytes.ToArray();
        if (bytes.Length > _piece.Length - _used)
            (_piece, _used) = (GC.AllocateUninitializedArray<byte>(PieceBytes), 0);
        var kept = _piece.AsMemory(_used, bytes.Length);
        bytes.CopyTo(kept.Span);
        _used += bytes.Length;
        return kept;
    }
}
