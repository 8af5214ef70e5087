namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>The names of what people and operators do.</summary>
internal static class Done
{
    public const string Asked = "asked";
    public const string Confirmed = "confirmed";
    public const string Withdrawn = "withdrawn";
    public const string CodeAsked = "code asked for";
    public const string CodeInDoubt = "code refused by the provider, or not";
    public const string Opened = "opened";
    public const string Sent = "corrections sent";
    public const string InDoubt = "mail refused by the provider, or not";
    public const string Wrote = "message written";
    public const string Read = "messages read";
    public const string Answered = "message answered";
    public const string Questioned = "question asked";
    public const string WentOn = "question given up";
    public const string Doubted = "doubted whose it is";
    public const string DoubtAsked = "asked to show whose it is";
    public const string Identified = "person identified";
    public const string NotIdentified = "person not identified";
    public const string Refused = "refused";
    public const string ApprovedFirst = "plan approved by the first of two";
    public const string TakenBack = "first approval taken back";
    public const string Approved = "plan approved";
    public const string Changed = "data put on hold after the approval";
    public const string Extended = "extended";
    public const string ExtensionInDoubt = "extension refused by the provider, or not";
    public const string Paused = "workflow paused";
    public const string GoesOn = "workflow goes on";
    public const string Decided = "decided";
    public const string Reopened = "earlier request to be taken up again";
    public const string Overridden = "objection overridden";
    public const string Upheld = "objection upheld";
    public const string Lifted = "lifting decided";
    public const string LiftingWithdrawn = "lifting withdrawn";
    public const string TakenBackInDoubt = "lifting withdrawn and told, or not";
    public const string Ended = "account's end took effect";
    public const string Undone = "account's end undone";
}
