using System.Diagnostics.CodeAnalysis;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>A kind of request that people send by a form.</summary>
/// <param name="Kind">The kind; its name is the last part of the form's address, too.</param>
internal sealed record RequestKind(CaseKind Kind) : KindOfCase(Kind, RequestInput.For, Enum.GetNames<CaseStatus>())
{
    /// <summary>Makes the state of one that was just received.</summary>
    public required NewRequest<SubjectRequest> New { get; init; }

    /// <summary>What it is called.</summary>
    public required RequestWords Words { get; init; }

    /// <summary>What the owner of the mailbox is asked; null where no proof of identity may be asked for (L9).</summary>
    public ProofWords? Proof { get; init; }

    /// <summary>What happens when a form is sent whose mailbox has to be proven.</summary>
    public const string ProofIntroduction =
        "Give us the e-mail address under which we know you. We mail a link there to make sure that the request is yours, and answer "
        + "within one month. It costs nothing.";

    /// <summary>Where its form is, and where it is sent to.</summary>
    public string Path => $"/requests/{Kind.Name}";

    /// <summary>What the answer to a form says whose mailbox has to be proven.</summary>
    /// <param name="unconfirmed">What does not happen without a confirmation.</param>
    public static IReadOnlyList<string> ReceivedBeforeProof(string unconfirmed) =>
    [
        "We have your request. If the address is right, a mail is on its way to it: open the link in it and confirm that you asked.",
        $"Once you have confirmed, we answer within one month of today. {unconfirmed}",
        "Nothing arrived after a quarter of an hour? "
            + "Check your spam folder, and whether the address is right, or start a new request. "
            + "If you, or somebody in your name, has asked several times today, the first mails of today serve all of these requests: use "
            + "the link in any of them, or write to our Data Protection Officer.",
    ];
}

/// <summary>The registered kinds of requests.</summary>
internal sealed class RequestKinds(CaseKinds kinds)
{
    /// <summary>All of them, in the order in which people see them.</summary>
    public IReadOnlyList<RequestKind> All { get; } = [.. kinds.All.OfType<RequestKind>()];

    /// <summary>What the owner of the mailbox of such a request is asked.</summary>
    /// <exception cref="InvalidOperationException">Nobody is asked for a proof, or the kind is not registered.</exception>
    public ProofWords ProofOf(CaseKind kind) =>
        (kinds.Of(kind) as RequestKind)?.Proof ?? throw new InvalidOperationException($"Nobody is asked to prove that {kind} is theirs.");

    /// <summary>The kind whose form is there; capital letters make no other address.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out RequestKind? found) =>
        (found = CaseKind.TryParse(name, out var asked) ? All.FirstOrDefault(kind => kind.Kind == asked) : null) is not null;
}
