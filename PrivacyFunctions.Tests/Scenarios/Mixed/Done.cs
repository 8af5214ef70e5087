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
    public const string Approved = "plan approved";
    public const string Extended = "extended";
    public const string Paused = "workflow paused";
    public const string GoesOn = "workflow goes on";
    public const string Decided = "decided";
    public const string Overridden = "objection overridden";
    public const string Upheld = "objection upheld";
    public const string Lifted = "lifting decided";
    public const string LiftingWithdrawn = "lifting withdrawn";
    public const string Ended = "account's end took effect";
    public const string Undone = "account's end undone";
}
