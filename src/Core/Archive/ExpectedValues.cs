namespace Footfall.Core.Archive;

/// <summary>Which value of a column came last in each context: an agent is mostly the visitor's, a title mostly the page's.</summary>
sealed class ExpectedValues
{
    readonly List<int> _byVisitor = [];
    readonly List<int> _byPage = [];

    /// <summary>The number of the value that is expected, -1 for none.</summary>
    public (int ByVisitor, int ByPage) Of(Contexts contexts) => (At(_byVisitor, contexts.Visitor), At(_byPage, contexts.Page));

    public void Set(Contexts contexts, int number)
    {
        Set(_byVisitor, contexts.Visitor, number);
        Set(_byPage, contexts.Page, number);
    }

    static int At(List<int> list, int context) => context >= 0 && context < list.Count ? list[context] : -1;

    static void Set(List<int> list, int context, int number)
    {
        if (context < 0)
            return;
        while (list.Count <= context)
            list.Add(-1);
        list[context] = number;
    }
}
