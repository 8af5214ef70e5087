using System.Text.Json.Serialization;

namespace PrivacyFunctions.Cases.Model;

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

    /// <summary>The person withdrew it.</summary>
    Withdrawn,

    /// <summary>An operator refused it; the person was told why, and where to complain.</summary>
    Refused,
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

    /// <summary>When it was taken in here, from which the windows of its workflow run; a letter may have been received before.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How it ended, or is about to.</summary>
    public CaseOutcome Outcome { get; init; }

    /// <summary>What waits for a person to look; null if nothing does.</summary>
    public AttentionMarks? Attention { get; init; }

    /// <summary>The id of the operator who looks after it; null if nobody does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AssignedTo { get; init; }

    /// <summary>How much operators have noted about it for each other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Comments { get; init; }

    /// <summary>Until when a package is kept for the person, once one is offered.</summary>
    public DateTimeOffset? OfferedUntil { get; init; }

    /// <summary>Whether the package was offered and does not exist any more.</summary>
    public bool ExportDeleted { get; init; }

    /// <summary>How often its workflow began again. A new one counts its rounds from the start, and so its keys need this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Nothing more will happen.</summary>
    [JsonIgnore]
    public abstract bool IsClosed { get; }

    /// <summary>What is asked for, where its kind says only how it goes.</summary>
    [JsonIgnore]
    public virtual CaseKind AskedFor => Kind;

    /// <summary>Where it stands, in one word for people who look into the table.</summary>
    [JsonIgnore]
    public abstract string Standing { get; }

    /// <summary>The last day on which what is owed next is in time; null while nothing is owed: nothing was promised yet, or it was
    /// done.</summary>
    [JsonIgnore]
    public abstract DateOnly? DueOn { get; }

    /// <summary>The local date on which the person was asked what is needed to go on; null if nothing is asked.</summary>
    [JsonIgnore]
    public virtual DateOnly? AskedOn => null;

    /// <summary>When it would be due if the clock had not been stopped (L4): people are told of that day, too. Null where it was not.</summary>
    [JsonIgnore]
    public virtual DateOnly? DueWithoutPauses => null;

    /// <summary>
    /// When its workflow has something to do next, legal time; null if that depends on a person, or on how the work goes.
    /// </summary>
    [JsonIgnore]
    public abstract DateTimeOffset? GoesOnAt { get; }

    /// <summary>Whether its workflow is at work, and waits for nobody.</summary>
    [JsonIgnore]
    public abstract bool IsAtWork { get; }

    /// <summary>Whether an operator has to decide something before it can go on.</summary>
    [JsonIgnore]
    public virtual bool WaitsForOperator => false;

    /// <summary>Whether somebody who asks for the same once more is served by it, so that no other case has to be opened.</summary>
    [JsonIgnore]
    public abstract bool CanBeJoined { get; }

    /// <summary>Whether its own workflow tells people when its due date comes near, so that nobody else has to.</summary>
    [JsonIgnore]
    public virtual bool EscalatesItself => false;

    /// <summary>Whether its own workflow tells people 7 days and 1 day before it is due that something of it still waits.</summary>
    [JsonIgnore]
    public virtual bool IsToldByItsWorkflow => false;

    /// <summary>Where the person said that they live; null if they did not.</summary>
    [JsonIgnore]
    public virtual string? Place => null;

    /// <summary>The country of that place: ISO 3166-1 alpha-2; null if they named none.</summary>
    [JsonIgnore]
    public virtual string? LivesIn => null;

    /// <summary>The ground that the person gave for what they ask; null if none was asked for.</summary>
    [JsonIgnore]
    public virtual string? Ground => null;

    /// <summary>By what way it came; null where that is not kept.</summary>
    [JsonIgnore]
    public virtual string? CameBy => null;

    /// <summary>The local date on which it was received, by whatever way; null where that is not kept.</summary>
    [JsonIgnore]
    public virtual DateOnly? CameOn => null;

    /// <summary>The local date from which its clock runs; null where that is not kept.</summary>
    [JsonIgnore]
    public virtual DateOnly? ClockStartsOn => CameOn;

    /// <summary>Whether somebody else asked in the person's name.</summary>
    [JsonIgnore]
    public virtual bool IsByAgent => false;

    /// <summary>Other days that people who look through a list of cases want to see, by the names that they have there.</summary>
    [JsonIgnore]
    public virtual IEnumerable<(string Name, DateOnly Day)> ListedDays => [];

    /// <summary>Whether the package may be opened at that instant.</summary>
    public bool OffersExport(DateTimeOffset legalNow) => !IsClosed && !ExportDeleted && legalNow < OfferedUntil;

    /// <summary>The case after this fact.</summary>
    /// <param name="fact">What happened.</param>
    /// <param name="at">When it was recorded, by the real clock, UTC.</param>
    public Case Apply(CaseFact fact, DateTimeOffset at) => Common(fact, at).Own(fact, at);

    /// <summary>What the fact changes in this kind of case, beyond what it changes in every case.</summary>
    protected abstract Case Own(CaseFact fact, DateTimeOffset at);

    private Case Common(CaseFact fact, DateTimeOffset at) => fact switch
    {
        CaseFact.Assigned assigned => this with { AssignedTo = assigned.To },
        CaseFact.Commented => this with { Comments = Comments + 1 },
        CaseFact.AttentionNeeded needed => this with { Attention = AttentionMarks.With(Attention, new(needed.Step, needed.Scope, at)) },
        CaseFact.AttentionOver over => this with { Attention = AttentionMarks.Without(Attention, over.Step, over.Scope) },
        CaseFact.WorkflowRestarted => this with { Restarts = Restarts + 1, Attention = AttentionMarks.AfterRestart(Attention) },
        CaseFact.ExportOffered offered => this with { OfferedUntil = offered.Until },
        CaseFact.ExportDeleted => this with { ExportDeleted = true },
        CaseFact.Closed closed => this with { Outcome = closed.Outcome, Attention = AttentionMarks.AfterClosing(Attention) }, // what breaks afterwards is marked anew
        _ => this,
    };
}
