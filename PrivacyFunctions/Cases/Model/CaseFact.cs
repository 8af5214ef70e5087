using System.Text.Json.Serialization;
using PrivacyFunctions.Clock.Model;

namespace PrivacyFunctions.Cases.Model;

/// <summary>
/// Something that happened to a case. Facts are what the audit chain holds, so they carry no personal data: of the person
/// only a salted commitment, whose salt dies with the data. New kinds may be added; the name and the fields of a published
/// kind never change, because old chains must verify.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Received), "received")]
[JsonDerivedType(typeof(LinkedToOpenCase), "linked-to-open-case")]
[JsonDerivedType(typeof(ConfirmationAsked), "confirmation-asked")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(NotIdentified), "not-identified")]
[JsonDerivedType(typeof(AttentionNeeded), "attention-needed")]
[JsonDerivedType(typeof(AttentionOver), "attention-over")]
[JsonDerivedType(typeof(PauseAsked), "pause-asked")]
[JsonDerivedType(typeof(ResumeAsked), "resume-asked")]
[JsonDerivedType(typeof(RestartAsked), "restart-asked")]
[JsonDerivedType(typeof(WorkflowRestarted), "workflow-restarted")]
[JsonDerivedType(typeof(MailRefused), "mail-refused")]
[JsonDerivedType(typeof(Gathered), "gathered")]
[JsonDerivedType(typeof(ExportOffered), "export-offered")]
[JsonDerivedType(typeof(ExportOpened), "export-opened")]
[JsonDerivedType(typeof(ExportDeleted), "export-deleted")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(TerminationRequested), "termination-requested")]
[JsonDerivedType(typeof(Terminated), "terminated")]
[JsonDerivedType(typeof(OwnershipRefused), "ownership-refused")]
[JsonDerivedType(typeof(TerminationUndone), "termination-undone")]
[JsonDerivedType(typeof(UndoOver), "undo-over")]
[JsonDerivedType(typeof(PurgeBegun), "purge-begun")]
[JsonDerivedType(typeof(DataSetPurged), "data-set-purged")]
[JsonDerivedType(typeof(DataSetHeld), "data-set-held")]
[JsonDerivedType(typeof(PurgeEscalated), "purge-escalated")]
[JsonDerivedType(typeof(Purged), "purged")]
[JsonDerivedType(typeof(BackupsEmpty), "backups-empty")]
[JsonDerivedType(typeof(PurgeDeferred), "purge-deferred")]
[JsonDerivedType(typeof(NumberReused), "number-reused")]
[JsonDerivedType(typeof(NothingCameBack), "nothing-came-back")]
[JsonDerivedType(typeof(LeftoversFound), "leftovers-found")]
public abstract partial record CaseFact
{
    private CaseFact()
    {
    }

    /// <summary>The request arrived (the clock of GDPR art. 12(3) starts).</summary>
    /// <param name="Kind">Which right.</param>
    /// <param name="Channel">How it arrived: "form" or "api".</param>
    /// <param name="Due">When it must be answered, and why then.</param>
    /// <param name="SubjectCommitment">SHA-256 over a salt and the person's address, in hexadecimal.</param>
    public sealed record Received(CaseKind Kind, string Channel, DueDate Due, string SubjectCommitment) : CaseFact;

    /// <summary>The same person had an open case and enough mails: this one is answered by that one.</summary>
    public sealed record LinkedToOpenCase(CaseId Other) : CaseFact;

    /// <summary>The mail that asks to confirm is being handed to the provider.</summary>
    public sealed record ConfirmationAsked : CaseFact;

    /// <summary>The mailbox is proven: its owner pressed the button behind the mailed link.</summary>
    public sealed record Confirmed : CaseFact;

    /// <summary>Nobody confirmed in time; the person was told so, why, and how to resume (art. 11(2), 12(4); rule L9).</summary>
    public sealed record NotIdentified : CaseFact;

    /// <summary>A step stays broken after its retries and a person must look.</summary>
    public sealed record AttentionNeeded(string Step) : CaseFact
    {
        /// <summary>Which part of the workflow says so; null for the main one.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Scope { get; init; }
    }

    /// <summary>The step that was broken works again.</summary>
    public sealed record AttentionOver(string Step) : CaseFact
    {
        /// <inheritdoc cref="AttentionNeeded.Scope"/>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Scope { get; init; }
    }

    /// <summary>An operator asked to stop the case's workflow. Whether it stopped is told by what follows.</summary>
    public sealed record PauseAsked : CaseFact;

    /// <summary>An operator asked to let the case's workflow go on.</summary>
    public sealed record ResumeAsked : CaseFact;

    /// <summary>An operator asked to begin the case's workflow again. Whether it was begun is told by what follows.</summary>
    public sealed record RestartAsked : CaseFact;

    /// <summary>The case's workflow, which had failed or was lost, began again from where the case stands. What its steps had marked is over.</summary>
    public sealed record WorkflowRestarted : CaseFact;

    /// <summary>The provider refused a mail for good: the address takes none.</summary>
    public sealed record MailRefused(string Mail) : CaseFact;

    /// <summary>Every controller data set was searched.</summary>
    public sealed record Gathered(int DataSets, long Records) : CaseFact;

    /// <summary>The package lies ready for the person until that instant.</summary>
    /// <param name="Until">Legal time, UTC.</param>
    /// <param name="Sha256">Of the package, in hexadecimal.</param>
    /// <param name="Bytes">Its size.</param>
    public sealed record ExportOffered(DateTimeOffset Until, string Sha256, long Bytes) : CaseFact;

    /// <summary>The right code opened the download.</summary>
    public sealed record ExportOpened : CaseFact;

    /// <summary>The package and what it was made from are gone.</summary>
    public sealed record ExportDeleted : CaseFact;

    /// <summary>Nothing more will happen.</summary>
    public sealed record Closed(CaseOutcome Outcome) : CaseFact;
}
