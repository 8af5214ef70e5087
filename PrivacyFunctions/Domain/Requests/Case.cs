using System.Text.Json.Serialization;

namespace PrivacyFunctions.Domain.Requests;

/// <summary>What a case is about.</summary>
public enum CaseKind
{
    /// <summary>A copy of one's data and the facts of art. 15(1) and (2) (R-ACCESS).</summary>
    Access,

    /// <summary>The erasure of one's data (art. 17; R-ERASE).</summary>
    Erasure,

    /// <summary>The end of a customer account and of its data (T-ACTIVE, T-BACKUP).</summary>
    Termination,
}

/// <summary>How a case ended, or is about to.</summary>
public enum CaseOutcome
{
    /// <summary>Still open.</summary>
    None,

    /// <summary>The person got the answer.</summary>
    Answered,

    /// <summary>"We could not identify you" (rule L9).</summary>
    NotIdentified,

    /// <summary>Another open case of the same person answers it.</summary>
    AnsweredByAnotherCase,

    /// <summary>What could be erased is erased; the person was told what is kept and why.</summary>
    Erased,

    /// <summary>The account's data is gone, from the backups too.</summary>
    Purged,

    /// <summary>The termination was undone in time; the account goes on.</summary>
    Undone,

    /// <summary>Who asked to end the account does not own it; nothing was touched.</summary>
    NotTheOwner,
}

/// <summary>
/// One piece of work with an audit trail of its own: a data-subject request or the termination of an account. It changes only
/// by <see cref="Apply"/>; all instants are legal time, UTC.
/// </summary>
public abstract record Case
{
    /// <summary>Its reference.</summary>
    public required CaseId Id { get; init; }

    /// <summary>What it is about.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>When it was received, by whatever channel.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How it ended, or is about to.</summary>
    public CaseOutcome Outcome { get; init; }

    /// <summary>The step that waits for a person to look, if one does.</summary>
    public string? Attention { get; init; }

    /// <summary>Until when a package is kept for the person, once one is offered.</summary>
    public DateTimeOffset? OfferedUntil { get; init; }

    /// <summary>Whether the package was offered and does not exist any more.</summary>
    public bool ExportDeleted { get; init; }

    /// <summary>Nothing more will happen.</summary>
    [JsonIgnore]
    public abstract bool IsClosed { get; }

    /// <summary>Where it stands, in one word for people who look into the table.</summary>
    [JsonIgnore]
    public abstract string Standing { get; }

    /// <summary>The last day on which what was promised next is in time; null before anything was.</summary>
    [JsonIgnore]
    public abstract DateOnly? DueOn { get; }

    /// <summary>Whether the package may be opened at that instant.</summary>
    public bool OffersExport(DateTimeOffset legalNow) => !IsClosed && !ExportDeleted && legalNow < OfferedUntil;

    /// <summary>The case after this fact.</summary>
    public Case Apply(CaseFact fact) => Common(fact).Own(fact);

    /// <summary>What the fact changes in this kind of case, beyond what it changes in every case.</summary>
    protected abstract Case Own(CaseFact fact);

    private Case Common(CaseFact fact) => fact switch
    {
        CaseFact.AttentionNeeded needed => this with { Attention = needed.Step },
        CaseFact.AttentionOver over => this with { Attention = Attention == over.Step ? null : Attention },
        CaseFact.ExportOffered offered => this with { OfferedUntil = offered.Until },
        CaseFact.ExportDeleted => this with { ExportDeleted = true },
        CaseFact.Closed closed => this with { Outcome = closed.Outcome },
        _ => this,
    };
}
