using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Backups;

/// <summary>A night's backup could not be made or read back.</summary>
/// <param name="Night">The night.</param>
/// <param name="Step">The step that failed.</param>
internal sealed record BackupFailed(DateOnly Night, string Step) : OfficerDraft;

/// <summary>A backup whose time is over could not be deleted.</summary>
/// <param name="Night">The night in which that was tried.</param>
/// <param name="Step">The step that failed.</param>
internal sealed record OldBackupStays(DateOnly Night, string Step) : OfficerDraft;

/// <summary>No backup has been verified for too long.</summary>
/// <param name="Night">The newest verified one's, or the first night of all.</param>
internal sealed record NoBackupSince(DateOnly Night) : OfficerDraft;

/// <summary>A backup was not over when the next night began.</summary>
/// <param name="Night">Its night.</param>
internal sealed record BackupNotOver(DateOnly Night) : OfficerDraft;
