using System.IO.Hashing;

namespace Footfall.Core.Hits.AccessLogs;

/// <summary>
/// Gives each line of a file an id that another import of the same lines gives again. Byte-identical lines are different requests, so the id
/// holds how many times the line was there before. Only the lines of two generations are remembered, which bounds the memory: identical lines
/// carry the same second and so stand close together.
/// </summary>
public sealed class LineIdentity(int generationLines = LineIdentity.GenerationLines)
{
    const int GenerationLines = 256 * 1024;

    Dictionary<UInt128, int> _young = [];
    Dictionary<UInt128, int> _old = [];

    public UInt128 Next(ReadOnlySpan<byte> line)
    {
        var content = XxHash128.HashToUInt128(line);
        var occurrence = _young.TryGetValue(content, out var seen) || _old.TryGetValue(content, out seen) ? seen : 0;
        if (_young.Count >= generationLines)
            (_old, _young) = (_young, []);
        _young[content] = occurrence + 1;
        return occurrence == 0 ? content : XxHash128.HashToUInt128(line, occurrence);
    }
}
