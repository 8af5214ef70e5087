using System.Text.Json.Serialization;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases.Model;

/// <summary>
/// Something that happened to a case. Facts are what the audit chain holds, so they carry no personal data: of the person
/// only a salted commitment, whose salt dies with the data. New kinds may be added; the name and the fields of a published
/// kind never change, because old chains must verify.
/// </summary>
public abstract partial record CaseFact
{
    /// <summary>The request arrived (the clock of GDPR art. 12(3) starts).</summary>
    /// <param name="Kind">Which right.</param>
    /// <param name="Channel">How it arrived: "form" or "api", or as an operator entered it, such as "letter".</param>
    /// <param name="Due">When it must be answered, and why then.</param>
    /// <param name="SubjectCommitment">SHA-256 over a salt and the person's address, in hexadecimal; empty where no mailbox is known.</param>
    [FactName("received")]
    public sealed record Received(CaseKind Kind, string Channel, DueDate Due, string SubjectCommitment) : CaseFact
    {
        /// <summary>The local date on which what an operator entered was received; null for what was received when it was taken in.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateOnly? ReceivedOn { get; init; }

        /// <summary>Whether somebody else asked in the person's name.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool AskedByAgent { get; init; }
    }

    /// <summary>A request that is due earlier, such as a letter that had been lying about, joined this one: its clock holds for both (L1).</summary>
    /// <param name="From">The case with which it came.</param>
    /// <param name="ReceivedOn">The local date on which it was received.</param>
    /// <param name="Due">When both must be answered.</param>
    [FactName("received-earlier")]
    public sealed record ReceivedEarlier(CaseId From, DateOnly ReceivedOn, DueDate Due) : CaseFact;

    /// <summary>The same person had an open case and enough mails: this one is answered by that one.</summary>
    [FactName("linked-to-open-case")]
    public sealed record LinkedToOpenCase(CaseId Other) : CaseFact;

    /// <summary>The same person asked for the same before (art. 12(5); L6).</summary>
    /// <param name="First">The first of these requests that is known.</param>
    [FactName("repeats")]
    public sealed record Repeats(CaseId First) : CaseFact;

    /// <summary>The same person wrote something more, with a case that joined this one: it has to be answered with the rest.</summary>
    /// <param name="From">The case with which it came.</param>
    [FactName("statement-added")]
    public sealed record StatementAdded(CaseId From) : CaseFact;

    /// <summary>The answer takes longer; the person was told in time, with the reason (GDPR art. 12(3); L2).</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Due">When it must be answered now.</param>
    /// <param name="Operator">Who decided it.</param>
    [FactName("due-extended")]
    public sealed record DueExtended(ExtensionReason Reason, DueDate Due, string Operator) : CaseFact
    {
        /// <summary>The local date on which the letter was posted that told the person; null where they were told by mail.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateOnly? LetterPostedOn { get; init; }

        /// <summary>When it would have to be answered if the clock had never been stopped; null where it was not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public DateOnly? WithoutPauses { get; init; }
    }

    /// <summary>The mail that asks to confirm is being handed to the provider.</summary>
    [FactName("confirmation-asked")]
    public sealed record ConfirmationAsked : CaseFact;

    /// <summary>The mailbox is proven: its owner pressed the button behind the mailed link, or proved it otherwise.</summary>
    [FactName("confirmed")]
    public sealed record Confirmed : CaseFact
    {
        /// <summary>By what, such as "signIn"; null for the link.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Proof { get; init; }
    }

    /// <summary>Nobody confirmed in time; the person was told so, why, and how to resume (art. 11(2), 12(4); rule L9).</summary>
    [FactName("not-identified")]
    public sealed record NotIdentified : CaseFact
    {
        /// <summary>How many whole days later than planned that was, because an operator had paused the workflow or a step of it was broken.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int DaysLate { get; init; }
    }

    /// <summary>A step stays broken after its retries and a person must look.</summary>
    [FactName("attention-needed")]
    public sealed record AttentionNeeded(string Step) : CaseFact
    {
        /// <summary>Which part of the workflow says so; null for the main one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Scope { get; init; }
    }

    /// <summary>The step that was broken works again.</summary>
    [FactName("attention-over")]
    public sealed record AttentionOver(string Step) : CaseFact
    {
        /// <inheritdoc cref="AttentionNeeded.Scope"/>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Scope { get; init; }
    }

    /// <summary>An operator was given the case to look after, or nobody was.</summary>
    /// <param name="To">The operator's id; null for nobody.</param>
    /// <param name="Operator">Who decided it.</param>
    [FactName("assigned")]
    public sealed record Assigned(string? To, string Operator) : CaseFact;

    /// <summary>An operator asked to stop the case's workflow. Whether it stopped is told by what follows.</summary>
    [FactName("pause-asked")]
    public sealed record PauseAsked : CaseFact;

    /// <summary>An operator asked to let the case's workflow go on.</summary>
    [FactName("resume-asked")]
    public sealed record ResumeAsked : CaseFact;

    /// <summary>An operator asked to begin the case's workflow again. Whether it was begun is told by what follows.</summary>
    [FactName("restart-asked")]
    public sealed record RestartAsked : CaseFact;

    /// <summary>The case's workflow, which had failed or was lost, began again from where the case stands. What its steps had marked is over.</summary>
    [FactName("workflow-restarted")]
    public sealed record WorkflowRestarted : CaseFact;

    /// <summary>The provider refused a mail for good: the address takes none.</summary>
    [FactName("mail-refused")]
    public sealed record MailRefused(string Mail) : CaseFact;

    /// <summary>No mail brings the person the answer: an operator has to tell them another way before the case ends.</summary>
    /// <param name="Mail">Which letter it is.</param>
    [FactName("answer-untold")]
    public sealed record AnswerUntold(string Mail) : CaseFact;

    /// <summary>An operator has told the person the answer another way.</summary>
    /// <param name="Operator">Who.</param>
    [FactName("person-told")]
    public sealed record PersonTold(string Operator) : CaseFact;

    /// <summary>Every controller data set was searched.</summary>
    [FactName("gathered")]
    public sealed record Gathered(int DataSets, long Records) : CaseFact;

    /// <summary>The package lies ready for the person until that instant.</summary>
    /// <param name="Until">Legal time, UTC.</param>
    /// <param name="Sha256">Of the package, in hexadecimal.</param>
    /// <param name="Bytes">Its size.</param>
    [FactName("export-offered")]
    public sealed record ExportOffered(DateTimeOffset Until, string Sha256, long Bytes) : CaseFact;

    /// <summary>The right code opened the download.</summary>
    [FactName("export-opened")]
    public sealed record ExportOpened : CaseFact;

    /// <summary>The package and what it was made from are gone.</summary>
    [FactName("export-deleted")]
    public sealed record ExportDeleted : CaseFact;

    /// <summary>A hold keeps one data set from being erased or purged.</summary>
    /// <param name="DataSet">Which.</param>
    /// <param name="Ground">Why.</param>
    /// <param name="Owner">Who answers for the hold.</param>
    /// <param name="ReviewOn">When it is looked at again.</param>
    [FactName("data-set-held")]
    public sealed record DataSetHeld(string DataSet, string Ground, string Owner, DateOnly ReviewOn) : CaseFact;

    /// <summary>An operator refused the request as a whole; the person is told why (GDPR art. 12(4), (5); L6).</summary>
    /// <param name="Ground">Why, as a word of ours.</param>
    /// <param name="Evidence">What proves it, such words with blanks between them.</param>
    /// <param name="Explanation">The name under which the words for the person are kept.</param>
    /// <param name="Operator">Who decided it.</param>
    [FactName("request-refused")]
    public sealed record RequestRefused(string Ground, string Evidence, string Explanation, string Operator) : CaseFact;

    /// <summary>Nothing more will happen.</summary>
    [FactName("closed")]
    public sealed record Closed(CaseOutcome Outcome) : CaseFact;
}
