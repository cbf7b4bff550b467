namespace Footfall.Core.Archive;

/// <summary>What a value may be expected from: the visitor it belongs to and the page it was sent from, by their numbers; -1 when there is none.</summary>
readonly record struct Contexts(int Visitor, int Page)
{
    public static Contexts None { get; } = new(-1, -1);
}
