using System.Diagnostics.CodeAnalysis;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests;

/// <summary>A kind of request that people send by a form.</summary>
/// <param name="Kind">The kind; its name is the last part of the form's address, too.</param>
internal sealed record RequestKind(CaseKind Kind) : KindOfCase(Kind, RequestInput.For, Enum.GetNames<CaseStatus>())
{
    /// <summary>Makes the state of one that was just received.</summary>
    public required NewRequest<SubjectRequest> New { get; init; }

    /// <summary>Whether its owner has to prove the mailbox; a right that takes nothing from anybody asks for no proof (L9).</summary>
    public bool AsksForProof { get; init; } = true;

    /// <summary>Whether somebody else can ask in a person's name: where the person confirms it, and where nobody's own words are asked for, which the
    /// person would confirm without having read them.</summary>
    public bool TakesAgent => AsksForProof && Text is null;

    /// <summary>The grounds of which its form asks for one, in the order in which people see them; none where it asks for none.</summary>
    public IReadOnlyList<string> Grounds { get; init; } = [];

    /// <summary>Whether it cannot be sent without a ground.</summary>
    public bool NeedsGround { get; init; } = true;

    /// <summary>Whether its form asks where the person lives: what is done at once is due nowhere earlier, and needs no authority.</summary>
    public bool AsksWhere { get; init; } = true;

    /// <summary>How much people write in their own words; null where they are not asked to.</summary>
    public TextLimits? Text { get; init; }

    /// <summary>Whether its form tells what we do with the browser's signal against the sale and sharing of data (Sec-GPC).</summary>
    public bool TellsOfSignal { get; init; }

    /// <inheritdoc/>
    public override RequestWords Words => field ??= ReadWords();

    /// <summary>Where its form is, and where it is sent to.</summary>
    public string Path => $"/requests/{Kind.Name}";

    /// <summary>What happens when the form is sent.</summary>
    public string Introduction => Words.Introduction ?? TextFolder.English.Paragraphs("requests/introduction").Single();

    /// <summary>What the answer to the form says.</summary>
    public IReadOnlyList<string> Received => Words.Proof is { } proof
        ? TextFolder.English.Paragraphs("requests/received", ("unconfirmed", proof.Unconfirmed))
        : Words.Received;

    /// <summary>The same for whoever asks in somebody else's name, where the mailbox has to be proven.</summary>
    public IReadOnlyList<string> ReceivedForAnother =>
        TextFolder.English.Paragraphs("requests/received-for-another", ("unconfirmed", Words.Proof!.Unconfirmed));

    private RequestWords ReadWords()
    {
        var words = TextFolder.English.Read<RequestWords>($"kinds/{Kind.Name}");
        if (words.Proof is not null != AsksForProof || words.Introduction is null != AsksForProof || words.Received.Count == 0 != AsksForProof)
            throw new InvalidOperationException($"The texts of {Kind} do not fit: {(AsksForProof ? "a" : "no")} proof is asked for.");
        if (words.Text is null != Text is null || (words.Earlier is not null && Text is null))
            throw new InvalidOperationException($"The texts of {Kind} do not fit: {(Text is null ? "no" : "an")} answer in own words is asked for.");
        if (words.Ground is { } asked && asked.Unsaid is null != NeedsGround)
            throw new InvalidOperationException($"The texts of {Kind} do not fit: {(NeedsGround ? "everybody" : "nobody")} has to give a ground.");
        return (words.Ground?.Options.Keys ?? []).Order().SequenceEqual(Grounds.Order())
            ? words
            : throw new InvalidOperationException($"The texts of {Kind} do not fit: they name other grounds.");
    }
}

/// <summary>The registered kinds of requests.</summary>
internal sealed class RequestKinds(CaseKinds kinds)
{
    /// <summary>All of them, in the order in which people see them.</summary>
    public IReadOnlyList<RequestKind> All { get; } = [.. kinds.All.OfType<RequestKind>()];

    /// <summary>The kind of a case; null if it is none that people ask for by a form.</summary>
    public RequestKind? Find(CaseKind kind) => All.FirstOrDefault(each => each.Kind == kind);

    /// <summary>What the owner of the mailbox of such a request is asked.</summary>
    /// <exception cref="InvalidOperationException">Nobody is asked for a proof, or the kind is not registered.</exception>
    public ProofWords ProofOf(CaseKind kind) =>
        Find(kind)?.Words.Proof ?? throw new InvalidOperationException($"Nobody is asked to prove that {kind} is theirs.");

    /// <summary>What a case of that kind is about.</summary>
    /// <exception cref="InvalidOperationException">The kind is not registered.</exception>
    public string AboutOf(CaseKind kind) => kinds.Of(kind).Words.About;

    /// <summary>The kind whose form is there; capital letters make no other address.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out RequestKind? found) =>
        (found = CaseKind.TryParse(name, out var asked) ? Find(asked) : null) is not null;
}
