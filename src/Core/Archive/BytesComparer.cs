using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace Footfall.Core.Archive;

/// <summary>Bytes are equal when they read the same.</summary>
sealed class BytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static BytesComparer Instance { get; } = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> obj) => unchecked((int)XxHash3.HashToUInt64(obj.Span));
}
