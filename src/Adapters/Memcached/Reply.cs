namespace Footfall.Adapters.Memcached;

/// <summary>What a node said to a command.</summary>
/// <param name="IsGood">A value was found, or one was kept.</param>
/// <param name="Flags">Of a value, as they were given with it.</param>
readonly record struct Reply(bool IsGood, uint Flags, byte[] Value)
{
    public static readonly Reply No = new(false, 0, []);

    public static readonly Reply Yes = new(true, 0, []);
}
