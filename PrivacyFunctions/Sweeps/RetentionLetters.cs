using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Sweeps;

/// <summary>The sweep cannot go through a data set.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Since">The first day of it.</param>
internal sealed record SweepBroken(string Set, DateOnly Since) : OfficerDraft;

/// <summary>The sweep went through a data set but left some records whose time is over.</summary>
/// <param name="Set">The data set.</param>
/// <param name="Records">How many.</param>
/// <param name="Day">The day of the sweep.</param>
internal sealed record SweepLeft(string Set, long Records, DateOnly Day) : OfficerDraft;
