namespace Footfall.Core.Archive;

/// <summary>What was sealed fails its checks. It costs the records it hit and no others; who reads says what was passed over.</summary>
public sealed class ArchiveDamagedException(ArchiveDamage damage)
    : Exception($"The archive is damaged in segment {damage.Segment}: {damage.What}.")
{
    public ArchiveDamage Damage { get; } = damage;
}
