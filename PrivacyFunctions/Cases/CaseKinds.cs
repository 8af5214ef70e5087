using System.Collections.Frozen;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Cases;

/// <summary>The registered kinds of cases.</summary>
internal sealed class CaseKinds
{
    private readonly FrozenDictionary<CaseKind, KindOfCase> _kinds;

    /// <exception cref="ArgumentException">Two have one name.</exception>
    public CaseKinds(IEnumerable<KindOfCase> kinds)
    {
        All = [.. kinds];
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
