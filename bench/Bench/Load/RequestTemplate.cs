namespace Footfall.Bench.Load;

/// <summary>
/// The bytes of one request, with the places where event ids and visitor ids stand as digits. Stamped before each sending, so that no two events
/// of a run are the same; owned by one connection, so that a request half sent is never stamped anew.
/// </summary>
/// <param name="IdsAt">Where the id of each event begins.</param>
/// <param name="VisitorsAt">Where the visitor of each event begins.</param>
sealed record RequestTemplate(byte[] Bytes, int[] IdsAt, int[] VisitorsAt)
{
    public const int Digits = 12;

    /// <summary>Visitors that are about at the same time, and how many events each of them sends before the next ones come.</summary>
    const int VisitorsAtOnce = 5_000;
    const int EventsPerVisitor = 7;

    public int Events => Math.Max(1, IdsAt.Length);

    public void Stamp(long firstEvent)
    {
        for (var i = 0; i < IdsAt.Length; i++)
            Write(Bytes.AsSpan(IdsAt[i], Digits), firstEvent + i);
        for (var i = 0; i < VisitorsAt.Length; i++)
            Write(Bytes.AsSpan(VisitorsAt[i], Digits), VisitorOf(firstEvent + i));
    }

    public static long VisitorOf(long number) =>
        (number % VisitorsAtOnce) + (number / (VisitorsAtOnce * EventsPerVisitor) * VisitorsAtOnce);

    static void Write(Span<byte> digits, long number)
    {
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            digits[at] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
