using System.Collections.Frozen;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases;

/// <summary>The registered kinds of cases.</summary>
internal sealed class CaseKinds
{
    private readonly FrozenDictionary<CaseKind, KindOfCase> _kinds;

    // The instances of jobs that are no case's begin with these.
    private static readonly CaseKind[] Taken =
        [CaseKind.Of("backup"), CaseKind.Of("cleanup"), CaseKind.Of("newsletter"), CaseKind.Of("retention")];

    // Names that begin so count the mails to whoever asks for somebody else, the mails about what they ask, and those about what is asked with a sign-in.
    private static readonly string[] Counts = ["agent", "signedin"];

    /// <exception cref="ArgumentException">Two have one name, or one has a name that something else has.</exception>
    public CaseKinds(IEnumerable<KindOfCase> kinds)
    {
        All = [.. kinds];
        if (All.FirstOrDefault(kind => Taken.Contains(kind.Kind) || Array.Exists(Counts, count => kind.Kind.Name.StartsWith(count, StringComparison.Ordinal))) is { Kind: var taken })
            throw new ArgumentException($"No kind of case can be called {taken.Name}: something else is.");
        _kinds = All.ToDictionary(kind => kind.Kind).ToFrozenDictionary();
    }

    /// <summary>All of them, in the order in which people see them.</summary>
    public IReadOnlyList<KindOfCase> All { get; }

    /// <summary>One of them.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public KindOfCase Of(CaseKind kind) => _kinds.TryGetValue(kind, out var found)
        ? found
        : throw new InvalidOperationException($"There is no such kind of case: {kind}.");

    /// <summary>The case that an instance, or a stage of it, works on; null for other instances.</summary>
    public CaseId? CaseOf(string instance) =>
        Workflow.TryRead(instance, out var kind, out var id) && _kinds.ContainsKey(kind) ? id : null;
}
