using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Tests.Cases;

/// <summary>
/// What people see of steps that stay broken, by the rules of the records: what was noted under a key is not noted under it again,
/// and what is shown already is not shown twice.
/// </summary>
internal sealed class ShownSteps
{
    private readonly HashSet<string> _keys = [];
    private readonly List<BrokenStep> _now = [];
    private readonly List<BrokenStep> _shown = [];
    private readonly List<BrokenStep> _over = [];

    /// <summary>What came to be shown, in that order.</summary>
    public IReadOnlyList<BrokenStep> All => _shown;

    /// <summary>What was taken back of it, in that order.</summary>
    public IReadOnlyList<BrokenStep> Over => _over;

    /// <summary>What <see cref="NoteAttention"/> does.</summary>
    public object? Note(BrokenStep broken)
    {
        if (!_keys.Add($"attention-{broken.Key}") || _now.Exists(shown => IsSame(shown, broken))) return null;
        _now.Add(broken);
        _shown.Add(broken);
        return null;
    }

    /// <summary>What <see cref="NoteRecovery"/> does.</summary>
    public object? TakeBack(BrokenStep recovered)
    {
        if (_keys.Add($"recovery-{recovered.Key}") && _now.RemoveAll(shown => IsSame(shown, recovered)) > 0) _over.Add(recovered);
        return null;
    }

    /// <summary>Each of these steps was shown, in that order, and nothing else was; and all of it was taken back.</summary>
    public void WereShownAndTakenBack(params string[] steps)
    {
        Assert.Equal(steps, _shown.Select(shown => shown.Step));
        Assert.Equal(steps, _over.Select(over => over.Step));
    }

    private static bool IsSame(BrokenStep one, BrokenStep other) => (one.Step, one.Scope) == (other.Step, other.Scope);
}
