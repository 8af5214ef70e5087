using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests;

/// <summary>What a kind of request is called, in the privacy centre, on its form and where a confirmation is asked for.</summary>
internal sealed record RequestWords : KindWords
{
    /// <summary>What it is for, under its title in the privacy centre.</summary>
    public required string Offer { get; init; }

    public required string FormTitle { get; init; }

    public required string FormButton { get; init; }

    /// <summary>Completes "We use it ...".</summary>
    public required string UseOfAddress { get; init; }

    /// <summary>What happens when the form is sent; null where the mailbox has to be proven, which all say alike.</summary>
    public string? Introduction { get; init; }

    /// <summary>What the answer to the form says; empty where the mailbox has to be proven, which all say alike.</summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    /// <summary>What that answer is called; null where it is the same as for most.</summary>
    public string? ReceivedTitle { get; init; }

    /// <summary>What is kept of the address after the request is closed, if anything is.</summary>
    public string? AlsoKept { get; init; }

    /// <summary>What came of one that was answered and is closed, by <see cref="Model.SubjectRequest.HowAnswered"/>.</summary>
    public required IReadOnlyDictionary<string, string> Ends { get; init; }

    /// <summary>The question for the ground; null where none is asked for.</summary>
    public GroundWords? Ground { get; init; }

    /// <summary>The question that people answer in their own words; null where none is asked.</summary>
    public TextWords? Text { get; init; }

    /// <summary>The question for an earlier request of theirs that it is about; null where it is not asked.</summary>
    public ReferenceWords? Earlier { get; init; }

    /// <summary>What is said of the uses that rest on our legitimate interests; null where they are not told.</summary>
    public UsesWords? Uses { get; init; }

    /// <summary>What the owner of the mailbox is asked; null where no proof is asked for.</summary>
    public ProofWords? Proof { get; init; }
}

/// <summary>How a form asks for a ground.</summary>
/// <param name="Question">The question.</param>
/// <param name="Missing">What is said of an answer that is none of them.</param>
/// <param name="Options">The answers by the codes of the grounds.</param>
/// <param name="Unsaid">The answer of whoever gives none; null where everybody has to.</param>
internal sealed record GroundWords(string Question, string Missing, IReadOnlyDictionary<string, string> Options, string? Unsaid = null);

/// <summary>How a form asks for what people write in their own words.</summary>
/// <param name="Question">The question.</param>
/// <param name="Hint">What to write, and how much.</param>
/// <param name="Missing">What is said of an answer that is missing, or says too little.</param>
/// <param name="TooLong">What is said of one that is too long.</param>
internal sealed record TextWords(string Question, string Hint, string Missing, string TooLong);

/// <summary>How a form asks for the reference of an earlier request.</summary>
/// <param name="Question">The question.</param>
/// <param name="Hint">Where people find it.</param>
/// <param name="Wrong">What is said of what is no reference.</param>
internal sealed record ReferenceWords(string Question, string Hint, string Wrong);

/// <summary>How a form tells the uses that rest on our legitimate interests, which the data map names.</summary>
/// <param name="Title">Their title.</param>
/// <param name="Words">What they are.</param>
/// <param name="Elsewhere">What is asked for elsewhere.</param>
/// <param name="Link">The link to it.</param>
/// <param name="Path">Where that leads.</param>
internal sealed record UsesWords(string Title, string Words, string Elsewhere, string Link, string Path);

/// <summary>What a kind of request is called where the owner of the mailbox is asked for a confirmation.</summary>
internal sealed record ProofWords
{
    public required string ConfirmSubject { get; init; }

    /// <summary>Completes "your request ...".</summary>
    public required string Topic { get; init; }

    /// <summary>Completes "Somebody asked us ...".</summary>
    public required string AskedFor { get; init; }

    public required string WhyConfirm { get; init; }

    public required string IfNotYou { get; init; }

    /// <summary>What does not happen without a confirmation.</summary>
    public required string Unconfirmed { get; init; }

    /// <summary>A clause: what must not be done without a proof of who asks.</summary>
    public required string WithoutProof { get; init; }

    public required string Question { get; init; }

    /// <summary>What happens when the button is pressed.</summary>
    public required string Next { get; init; }

    public required string NotYouNext { get; init; }

    /// <summary>What people may want rather than this; null where there is nothing.</summary>
    public InsteadWords? Instead { get; init; }

    /// <summary>What happens once it is confirmed; goes on with a date or a full stop.</summary>
    public required string UnderWay { get; init; }
}

/// <summary>What people may want rather than a request.</summary>
/// <param name="Words">What it is.</param>
/// <param name="Link">The link to it.</param>
/// <param name="Path">Where that leads.</param>
internal sealed record InsteadWords(string Words, string Link, string Path);
