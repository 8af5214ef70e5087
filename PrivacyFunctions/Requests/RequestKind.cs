using System.Diagnostics.CodeAnalysis;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>A kind of request that people send by a form, and prove by their mailbox.</summary>
/// <param name="Kind">The kind; its name is the last part of the form's address, too.</param>
internal sealed record RequestKind(CaseKind Kind) : KindOfCase(Kind, RequestInput.For, Enum.GetNames<CaseStatus>())
{
    /// <summary>Makes the state of one that was just received.</summary>
    public required NewRequest<SubjectRequest> New { get; init; }

    /// <summary>What it is called.</summary>
    public required RequestWords Words { get; init; }

    /// <summary>Where its form is, and where it is sent to.</summary>
    public string Path => $"/requests/{Kind.Name}";
}

/// <summary>The registered kinds of requests.</summary>
internal sealed class RequestKinds(CaseKinds kinds)
{
    /// <summary>All of them, in the order in which people see them.</summary>
    public IReadOnlyList<RequestKind> All { get; } = [.. kinds.All.OfType<RequestKind>()];

    /// <summary>What a kind of request is called.</summary>
    /// <exception cref="InvalidOperationException">It is no request, or not registered.</exception>
    public RequestWords WordsOf(CaseKind kind) =>
        (kinds.Of(kind) as RequestKind)?.Words ?? throw new InvalidOperationException($"{kind} is no request.");

    /// <summary>The kind whose form is there.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out RequestKind? found) =>
        (found = All.FirstOrDefault(kind => kind.Kind.Name == name)) is not null;
}
