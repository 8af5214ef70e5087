using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>The state of one data-subject request; each right has a type of its own.</summary>
public abstract partial record SubjectRequest : Case
{
    /// <summary>When it must be answered, and why then.</summary>
    public required DueDate Due { get; init; }

    /// <summary>Why it may be answered later than within a month; null where it may not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExtensionReason? Extended { get; init; }

    /// <summary>The country where the person lives, as they said: ISO 3166-1 alpha-2; null if they did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Country { get; init; }

    /// <summary>The law of their place, where it has a clock of its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Residence Residence { get; init; }

    /// <summary>The ground that the person gave, of those that their kind of request has; null if it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GroundGiven { get; init; }

    /// <summary>How often the person wrote something more, with a case that joined this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int StatementsAdded { get; init; }

    /// <summary>What was written to and fro about it; null if nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Correspondence? Correspondence { get; init; }

    /// <summary>Whether the person wrote something that nobody has read: then nobody decides about the request.</summary>
    [JsonIgnore]
    public bool HasUnread => Correspondence is { Unread: > 0 };

    /// <summary>Whether we asked its person something and wait for the answer: then nobody decides what it comes to.</summary>
    [JsonIgnore]
    public bool AwaitsAnswer => Correspondence is { Question: not null };

    /// <summary>Whether somebody doubts that it is its person's own, or it ends because of that (L9); null if nobody ever did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Doubt? Doubt { get; init; }

    /// <summary>Whether nobody decides about it now: a doubt lasts, or something has to be read first.</summary>
    [JsonIgnore]
    public bool IsUndecidable => HasUnread || Doubt is { Outcome: not DoubtOutcome.Identified };

    /// <summary>When it would be due if its clock had never been stopped; null where it was not, or that makes no difference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? WithoutPauses { get; init; }

    /// <summary>By what way it came, as <see cref="Channels"/> names them; null in cases that an earlier version took in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }

    /// <summary>
    /// The local date on which it truly was received, from which the clock runs (L1): of a letter that was entered later the day on which it
    /// arrived. Null in cases that an earlier version took in: then it is the local date of <see cref="Case.ReceivedAt"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>
    /// The local date on which a request was received that joined this one and whose due date holds for both (L1): the earliest, if several did.
    /// It can be later than this one's own receipt, where the clock of this one had stood still. Null if none did.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? EarlierReceivedOn { get; init; }

    /// <summary>The first request of the same person for the same; null where none is known (L6).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseId? Repeats { get; init; }

    /// <summary>Whether its person asked for it, and we did not take an earlier one up again.</summary>
    [JsonIgnore]
    public virtual bool IsAskedFor => Channel != Channels.Complaint;

    /// <summary>Whether somebody else asked in the person's name. Their address lies with the person's, and is gone when the case is closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AskedByAgent { get; init; }

    /// <summary>By what its mailbox was proven when it was asked, as <see cref="Proofs"/> names it; null if nothing proved it then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Proof { get; init; }

    /// <summary>The policy that applies to it.</summary>
    public required CasePlan Plan { get; init; }

    /// <summary>Where it stands.</summary>
    public CaseStatus Status { get; init; } = CaseStatus.AwaitingConfirmation;

    /// <summary>Until when the first link confirms: the person has all this time from the day on which they can be asked.</summary>
    public DateTimeOffset ConfirmBy => ReceivedAt + Plan.ConfirmationWindow;

    /// <summary>Until when the link of the "could not identify you" notice confirms.</summary>
    public DateTimeOffset ResumeBy => ConfirmBy.AddDays(ToldDaysLate) + Plan.ResumeWindow;

    /// <summary>How many days later than planned its person was told that nobody had confirmed it: they have as many more to resume it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ToldDaysLate { get; init; }

    /// <summary>Whether the owner of the mailbox can still confirm it, by the first link or by the notice's.</summary>
    [JsonIgnore]
    public bool CanBeConfirmed => Status is CaseStatus.AwaitingConfirmation or CaseStatus.NotIdentified;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsClosed => Status == CaseStatus.Closed;

    /// <summary>Whether mails of ours reach its person; if not, people tell them by letter.</summary>
    [JsonIgnore]
    public virtual bool HasMailbox => true;

    /// <summary>Whether the law lets us take longer for it than a month (GDPR art. 12(3), for the rights of art. 15 to 22).</summary>
    [JsonIgnore]
    public virtual bool CanBeExtended => true;

    /// <summary>Whether the law of some places stops the clock while the person is asked what exactly they want (L3).</summary>
    [JsonIgnore]
    public virtual bool CanBeClarified => false;

    /// <summary>Whether its person can still withdraw it, because nothing of it was done yet.</summary>
    [JsonIgnore]
    public virtual bool CanBeWithdrawn => CanBeConfirmed;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool WaitsForOperator => Status is CaseStatus.AwaitingApproval or CaseStatus.AwaitingDecision;

    /// <summary>Why it was refused; null if it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Refusal? Refusal { get; init; }

    /// <summary>Whether an operator decides about it as a whole, and can refuse it (L6).</summary>
    [JsonIgnore]
    public virtual bool CanBeRefused => false;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeJoined => !IsClosed;

    /// <summary>How it ends now that all that was asked for is done; null while something of it is left to do.</summary>
    [JsonIgnore]
    public abstract CaseOutcome? Done { get; }

    /// <summary>What it came to once it was answered, as a word of its kind, for which the kind has the words that its person reads.</summary>
    [JsonIgnore]
    public virtual string HowAnswered => "answered";

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) => fact switch
    {
        CaseFact.Confirmed confirmed => this with { Status = CaseStatus.Confirmed, Outcome = CaseOutcome.None, Proof = confirmed.Proof ?? Proof },
        CaseFact.NotIdentified told => this with { Status = CaseStatus.NotIdentified, Outcome = CaseOutcome.NotIdentified, ToldDaysLate = told.DaysLate },
        CaseFact.ReceivedEarlier earlier => this with
        {
            Due = earlier.Due, EarlierReceivedOn = EarlierReceivedOn < earlier.ReceivedOn ? EarlierReceivedOn : earlier.ReceivedOn,
            WithoutPauses = WithoutPauses < earlier.Due.On ? WithoutPauses : null,
        },
        CaseFact.DueExtended extended => this with { Due = extended.Due, Extended = extended.Reason, WithoutPauses = extended.WithoutPauses },
        CaseFact.Repeats repeats => this with { Repeats = repeats.First },
        CaseFact.StatementAdded => this with { StatementsAdded = StatementsAdded + 1 },
        CaseFact.MessageSent or CaseFact.MessageReceived or CaseFact.MessagesRead or CaseFact.QuestionOver => Written(fact),
        CaseFact.IdentityDoubted doubted => this with { Doubt = new(Enum.Parse<DoubtGround>(doubted.Ground), DoubtOutcome.Open) },
        CaseFact.DoubtEnded ended => this with { Doubt = Doubt! with { Outcome = ended.IsIdentified ? DoubtOutcome.Identified : DoubtOutcome.NotIdentified } },
        CaseFact.RequestRefused refused => this with { Refusal = new(Enum.Parse<RefusalGround>(refused.Ground), refused.Explanation) },
        CaseFact.Closed => this with { Status = CaseStatus.Closed, Correspondence = Correspondence?.WithoutQuestion() },
        CaseFact.LinkedToOpenCase => this with { Status = CaseStatus.Closed, Outcome = CaseOutcome.AnsweredByAnotherCase },
        _ => this,
    };

    /// <summary>
    /// For how long its clock stood still, with that many days more (L3, L4). Nothing counts where the date of another request holds, whose person was
    /// asked nothing about it.
    /// </summary>
    public ClockStop ClockStopWith(int days)
    {
        var all = EarlierReceivedOn is null ? days + (Correspondence?.PausedDays ?? 0) : 0;
        return new(ByLaw: CanBeClarified ? all : 0, ByPolicy: Plan.PausesForAnswers ? all : 0);
    }

    /// <summary>Whether a fact ends a pause by which the answer is due on another day.</summary>
    protected bool IsPutOffBy(CaseFact fact) => Pause.In(fact) is { } pause && pause.Due.On != Due.On;

    private SubjectRequest Written(CaseFact fact)
    {
        var written = this with { Correspondence = (Correspondence ?? new()).After(fact) };
        return IsPutOffBy(fact) ? written with { Due = Pause.In(fact)!.Due, WithoutPauses = Pause.In(fact)!.Without } : written;
    }
}
