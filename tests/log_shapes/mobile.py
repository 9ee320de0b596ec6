"""Lines of a phone's system (Android) and of a phone's health application."""

from __future__ import annotations

from .source import Source, Template

_APPS = ("com.android.systemui", "com.example.chat", "com.example.music", "com.example.notes",
         "com.android.phone", "com.example.mail", "com.example.video.player", "android",
         "com.android.calendar", "com.android.incallui")  # fmt: skip


# Android
def _app(s: Source) -> str:
    return s.skew(_APPS)


def _uid(s: Source) -> int:
    return s.num(10010, 10140)


def _activity(s: Source) -> str:
    name = s.pick(("Launcher", "Splash", "Main", "LockScreen", "Settings", "Recents", "NoteEditor"))
    folder = s.many(lambda: s.pick(("ui", "activity", "base", "stub")), 3, ".")
    return f"{_app(s)}/.{folder}.{name}{s.pick(('Activity', 'UI'))}"


def _intent(s: Source) -> str:
    """An intent tells only the parts that it has."""
    act = s.pick(("android.intent.action.MAIN", "android.intent.action.VIEW",
                  "com.example.chat.action.OPEN"))  # fmt: skip
    data = f"file://{s.path('/storage/emulated/0', 4)} typ=application/pdf"
    box = f"[{s.num(0, 720)},{s.num(0, 1280)}][{s.num(0, 720)},{s.num(0, 1280)}]"
    return (
        f"{s.maybe(0.5, f'act={act} ')}"
        f"{s.maybe(0.25, 'cat=[android.intent.category.LAUNCHER] ')}"
        f"{s.maybe(0.2, f'dat={data} ')}flg=0x{s.num(1, 15):x}0{s.num(8, 9)}0{s.num(0, 9)}000 "
        f"cmp={_activity(s)}{s.maybe(0.25, f' bnds={box}')}{s.maybe(0.4, ' (has extras)')}"
    )


def _rect(s: Source) -> str:
    return f"Rect({s.num(0, 9)}, {s.num(0, 99)} - {s.num(0, 1)}{s.num(0, 720)}, {s.num(0, 1280)})"


def _works(s: Source) -> str:
    """For whom a lock is held: nobody, one user or several."""
    return s.pick(("null", "WorkSource{" + s.many(lambda: str(_uid(s)), 3, ", ") + "}"))


def _tag(s: Source) -> str:
    return s.skew(("*launch*", "View Lock", "AudioMix", "WindowManager", "RILJ",
                   f"*alarm*:{_app(s)}.{s.word().upper()}", "WiredAccessoryManager"))  # fmt: skip


def _notice(s: Source) -> str:
    return f"0|{_app(s)}|{s.size(1, 90000)}|{s.pick(('null', s.word()))}|{_uid(s)}"


def _surface(s: Source) -> str:
    return s.pick((f"PopupWindow:{s.hex(7)}", f"SurfaceView - {_activity(s)}", "Toast"))


def _callers(s: Source) -> str:
    return s.many(
        lambda: (
            f"com.android.server.wm.Window{s.pick(('Manager', 'State'))}"
            f"{s.pick(('Service', 'Animator'))}.{s.pick(('destroy', 'perform', 'remove'))}"
            f"{s.word().title()}:{s.num(100, 9000)}"
        ),
        6,
        " ",
        2,
    )


ANDROID: tuple[Template, ...] = (
    ("ui-visibility", 200, lambda s: (
        f"setSystemUiVisibility vis={s.size(1, 2**32):x} mask={s.pick(('1', 'ffffffff'))} "
        f"oldVal={s.size(1, 2**32):x} newVal={s.size(1, 2**32):x} diff={s.size(1, 2**32):x} "
        f"fullscreenStackVis=0 dockedStackVis=0, fullscreenStackBounds={_rect(s)}, "
        f"dockedStackBounds={_rect(s)}")),
    ("power-state", 199, lambda s: (
        f"ready={s.skew(('true', 'false'))},policy={s.num(0, 3)},wakefulness={s.num(0, 3)},"
        f"wksummary=0x{s.num(0, 63):x},uasummary=0x{s.num(0, 4):x},bootcompleted=true,"
        f"boostinprogress=false,waitmodeenable=false,mode={s.skew(('false', 'true'))},"
        f"manual={s.num(4, 255)},auto={s.num(-1, 255)},"
        f"adj={s.real(0, 1, 1)}userId={s.num(0, 10)}")),
    ("lights", 181, lambda s: f"setLightsOn({s.skew(('true', 'false'))})"),
    ("brightness-in", 85, lambda s: f"HBM brightnessIn ={s.num(4, 255)}"),
    ("brightness-animating", 85, lambda s:
        f"Animating brightness: target={s.num(4, 255)}, rate={s.num(1, 20) * 20}"),
    ("process-list-limited", 81, lambda s: (
        f"getRunningAppProcesses: caller {_uid(s)} does not hold REAL_GET_TASKS; limiting output")),
    ("user-activity", 69, lambda s: (
        f"userActivityNoUpdateLocked: eventTime={s.size(10**6)}, event={s.num(0, 3)}, "
        f"flags=0x{s.num(0, 3)}, uid={s.pick(('1000', str(_uid(s))))}")),
    ("clipping", 65, lambda s: (
        f"updateClipping isOverlap:{s.skew(('false', 'true'))}, getTopPadding={s.real(0, 900, 1)}, "
        f"Translation={s.real(-900, 0, 1)}")),
    ("location-blocking", 37, lambda s: "shouldBlockLocation running ..."),
    ("blocker-acquired", 33, lambda s: (
        f"Acquiring suspend blocker \"PowerManagerService.{s.pick(('WakeLocks', 'Display'))}\".")),
    ("blocker-released", 33, lambda s: (
        f"Releasing suspend blocker \"PowerManagerService.{s.pick(('WakeLocks', 'Display'))}\".")),
    ("lock-acquired", 26, lambda s: (
        f'acquire lock={s.size(10**5)}, flags=0x{s.num(1, 9)}, tag="{_tag(s)}", name={_app(s)}, '
        f"ws={_works(s)}, uid={s.pick(('1000', str(_uid(s))))}, pid={s.num(0, 32000)}")),
    ("lock-released", 26, lambda s: (
        f'release:lock={s.size(10**5)}, flg=0x{s.num(0, 9)}, tag="{_tag(s)}", name={_app(s)}", '
        f"ws={_works(s)}, uid={s.pick(('1000', str(_uid(s))))}, pid={s.num(0, 32000)}")),
    ("surface-destroyed", 25, lambda s: (
        f"Destroying surface "
        f"Surface(name={_surface(s)}) "
        f"called by {_callers(s)}")),
    ("autohide-suspended", 23, lambda s: "suspendAutohide"),
    ("recents-skipped", 56, lambda s:
        f"Skipping, withExcluded: false, tr.intent:Intent {{ {_intent(s)} }}"),
    ("notice-cancelled", 23, lambda s: f"cancelNotification,index:{s.num(-1, 9)}"),
    ("notice-cancelled-by", 20, lambda s: (
        f"cancelNotificationWithTag pid {s.num(300, 32000)},uid = {_uid(s)},tag = "
        f"{s.pick(('null', s.word(), ''))},pkg ={_app(s)},id ={s.size(1, 90000)}")),
    ("peek-cancelled", 20, lambda s: f"cancelPeek: {s.skew(('false', 'true'))}"),
    ("sound-effects", 17, lambda s: "querySoundEffectsEnabled..."),
    ("key-queueing", 14, lambda s:
        f"interceptKeyBeforeQueueing: key {s.num(3, 200)} , result : {s.num(0, 1)}"),
    ("recent-tasks", 14, lambda s: (
        f"getRecentTasks: num={s.num(1, 40)},flags={s.num(0, 63)},totalTasks={s.num(1, 90)}")),
    ("overlap", 13, lambda s: (
        f"overlapAmount:{s.real(0, 400, 1)}, previousNotificationEnd:0.0, "
        f"newYTranslation:{s.real(-400, 0, 1)}, location:{s.num(1, 4)}, i:{s.num(0, 9)}, "
        f"getTopPadding:{s.real(0, 900, 1)}, getLocationOnScreen():{s.num(-900, 0)}")),
    ("shade", 13, lambda s:
        f"updateNotificationShade: total={s.num(0, 40)}, active={s.num(0, 40)}"),
    ("key-event", 14, lambda s: (
        f"interceptKeyTq keycode={s.num(3, 200)} interactive=true keyguardActive=false "
        f"policyFlags={s.hex(8)} down {s.pick(('true', 'false'))} canceled false")),
    ("audible-volume", 9, lambda s: f"getLastAudibleStreamVolume  treamType: {s.num(0, 9)}"),
    ("record-cleaned", 6, lambda s: (
        f"cleanUpApplicationRecordLocked, pid: {s.num(300, 32000)}, restart: "
        f"{s.pick(('true', 'false'))}")),
    ("screenshot", 5, lambda s: (
        f"Taking screenshot from Surface with crop:[{_rect(s)}], width:[{s.num(90, 1280)}], "
        f"height:[{s.num(90, 1280)}], minLayer:[{s.num(0, 30000)}], maxLayer:[{s.num(0, 30000)}], "
        f"inRotation:[false], rot:[{s.num(0, 3)}]")),
    ("broadcast", 5, lambda s: (
        "received broadcast android.intent.action."
        f"{s.pick(('TIME_TICK', 'BATTERY_CHANGED', 'SCREEN_ON'))}")),
    ("alarm", 5, lambda s: (
        f"sending alarm Alarm{{{s.hex(7)} type {s.num(0, 3)} when {s.size(10**6)} "
        f"PendingIntent{{{s.hex(7)}: PendingIntentRecord{{{s.hex(7)} {_app(s)} "
        f"broadcastIntent}}}}}}"
        f",repeatInterval = {s.num(0, 1) * s.size(1000)},listenerTag "
        f"={s.pick(('null', 'time_tick', ''))}")),
    ("notice-queued", 4, lambda s: f"enqueueNotificationInternal: n.getKey = {_notice(s)}"),
    ("notice-seen", 4, lambda s: f"Marking notification as seen {_notice(s)}"),
    ("activity-started", 4, lambda s: (
        f"START u{s.num(0, 10)} {{{_intent(s)}}} from uid {_uid(s)} on display 0")),
    ("process-killed", 2, lambda s: (
        f"Killing {s.num(300, 32000)}:{_app(s)}{s.maybe(0.4, ':' + s.word())}/u0a{s.num(1, 140)} "
        f"(adj {s.num(0, 906)}): empty {s.pick((f'for {s.num(9, 9000)}s', f'#{s.num(10, 40)}'))}")),
    ("process-died", 2, lambda s: (
        f"Process {_app(s)}{s.maybe(0.4, ':' + s.word())} (pid {s.num(300, 32000)}) has died")),
    ("service-restart", 2, lambda s: (
        f"Scheduling restart of crashed service {_activity(s)} in {s.size(1000, 90000)}ms")),
    ("charging", 2, lambda s: (
        f"ChargingSpeed  Wattage: {s.size(1, 9000) - 2} ST: 5000000 --> 7500000")),
    ("service-missing", 2, lambda s: (
        f"Unable to start service Intent {{ {_intent(s)} }} U={s.num(0, 10)}: not found")),
)  # fmt: skip


# HealthApp
def _milliseconds(s: Source) -> int:
    return s.num(1514000000000, 1514099999999)


def _details(s: Source) -> str:
    return (
        f"{_milliseconds(s)}##{s.size(1, 9000) - 1}##{s.size(1000, 900000)}##{s.size(100, 9000)}##"
        f"{s.size(100, 20000)}##{s.size(10**6, 10**8)}"
    )


def _option(s: Source) -> str:
    return (
        f"HiSyncOption{{syncAction={s.num(1, 2)}, syncMethod={s.num(1, 2)}, "
        f"syncScope={s.num(0, 1)}, "
        f"syncDataType={s.num(20000, 40044)}, syncModel=2, pushAction=0}}"
    )


def _kinds(s: Source) -> str:
    return s.many(lambda: str(s.num(40001, 40044)), 6, ", ")


HEALTHAPP: tuple[Template, ...] = (
    ("extended", 273, lambda s:
        f"onExtend:{_milliseconds(s)} {s.num(0, 40)} {s.num(0, 3)} {s.num(4, 9)}"),
    ("step", 260, lambda s: f"onStandStepChanged {s.size(1, 30000)}"),
    ("today-read", 242, lambda s: f"getTodayTotalDetailSteps = {_details(s)}"),
    ("today-written", 241, lambda s: f"setTodayTotalDetailSteps={_details(s)}"),
    ("calories", 241, lambda s:
        f"calculateCaloriesWithCache totalCalories={s.size(1, 900000) - 1}"),
    ("altitude", 241, lambda s: f"calculateAltitudeWithCache totalAltitude={s.size(1, 900) - 1}"),
    ("report", 136, lambda s: (
        f"REPORT : {s.size(1, 20000) - 1} {s.size(1, 20000) - 1} {s.size(1, 900000) - 1} "
        f"{s.size(1, 900) - 1}")),
    ("broadcast-handled", 160, lambda s: (
        "processHandleBroadcastAction action:android.intent.action."
        f"{s.skew(('TIME_TICK', 'SCREEN_ON', 'SCREEN_OFF', 'BATTERY_LOW'))}")),
    ("action-received", 34, lambda s: (
        f"onReceive action: android.intent.action.{s.pick(('SCREEN_ON', 'SCREEN_OFF'))}")),
    ("flushed", 17, lambda s: "flush sensor data"),
    ("new-value", 17, lambda s: (
        f"new date ={s.date().replace('-', '')}, type={s.num(40002, 40044)},{s.real(0, 90000, 1)},"
        f"old={s.pick((s.real(0, 90000, 1), s.real(0, 90000, 11)))}")),
    ("package-name", 8, lambda s: (
        f"getBinderPackageName packageName = "
        f"{s.skew(('com.example.health', 'com.example.wear'))}")),
    ("sport-data", 6, lambda s:
        f"getTodaySportData mStepsRecordManager=com.example.health.g.c@{s.size(1, 2**32):x}"),
    ("minute-uploaded", 6, lambda s: (
        f"upLoadOneMinuteDataToEngine "
        f"time={s.num(25233000, 25239999)},{s.num(0, 9)},{s.num(0, 200)},"
        f"{s.num(0, 9)},{s.num(20001, 20007)}")),
    ("sync-started", 8, lambda s: (
        f"startSync hiSyncOption = {_option(s)},app = {s.num(1, 3)} who = {s.num(1, 3)}")),
    ("auto-sync-open", 5, lambda s: "needAutoSync autoSyncSwitch is open"),
    ("privacy-data", 5, lambda s: f"initDataPrivacy the dataPrivacy is "
        f"{s.pick(('true', 'false'))}"),
    ("privacy-switch", 5, lambda s: (
        "initUserPrivacy the userPrivacy switch is open, start push user data!")),
    ("no-cloud", 5, lambda s: "ifCanSync not! no cloud version"),
    ("sync-failed", 5, lambda s: "sendSyncFailedBroadcast"),
    ("time-back", 5, lambda s: f"timeStamp back,extendReportTimeStamp={_milliseconds(s)}"),
    ("stat-saved", 6, lambda s: (
        f"saveStatData() type ={s.num(40002, 40044)},time = {_milliseconds(s)},statClient = "
        f"{s.num(1, 9)},who is {s.num(1, 3)}")),
    ("timer", 3, lambda s: "startTimer start autoSync"),
    ("step-sync", 5, lambda s: (
        f"stepSyncOrNot appSynTimes is "
        f"{s.num(0, 9)}{s.maybe(0.4, f', statsyncTimes is {s.num(0, 9)}')}")),
    ("insert-size", 5, lambda s: (
        f"insertHiHealthData() size = {s.size(1, 900)},app = {s.num(1, 3)},One Data Type = "
        f"{s.pick(('2', str(s.num(40001, 40044))))},packageName = "
        f"{s.maybe(0.7, 'com.example.health')},writeStatType = {s.num(0, 2)}")),
    ("bulk-saved", 4, lambda s: (
        f"bulkSaveDetailHiHealthData() size = {s.size(1, 900)},totalTime = {s.size(5, 9000)}")),
    ("listener", 4, lambda s: f"startListenerChange subscribeList = [{_kinds(s)}]"),
    ("step-sum", 3, lambda s: "checkInsertStatus stepSum or calorieSum is enough"),
    ("first-sync", 4, lambda s: (
        f"checkFirstSyncByType no such data in db ,type is {s.num(1, 9)} deviceCode is "
        f"{s.num(0, 1) * s.size(10**8)}")),
    ("standard-steps", 4, lambda s: (
        f"getTodayBasicStandardSteps= "
        f"{_milliseconds(s)}##{s.size(1, 9000) - 1}##{s.size(1, 9000) - 1}")),
    ("write-size", 3, lambda s: f"writeDataToDB size {s.size(1, 9000)}"),
    ("bulk-failed", 3, lambda s: (
        f"insertHiHealthData() bulkSaveDetailHiHealthData fail errorCode = {s.num(1, 9)},"
        f"errorMessage = {s.pick(('ERR_DATA_INSERT', 'ERR_DATA_PERMISSION', ''))}")),
    ("upload-alarm", 2, lambda s: (
        f"Alarm uploadStaticsToDB totalSteps={s.size(1, 30000)}Calories:{s.size(1, 900000)}"
        f"Floor:{s.size(1, 900)}Distance:{s.size(1, 30000)}")),
    ("new-day", 2, lambda s: (
        f"checkCurrentDay a new day comes , reset basicSyncCondition, currentDay is "
        f"{s.date().replace('-', '')} oldDay is {s.date().replace('-', '')}")),
    ("steps-reloaded", 2, lambda s: (
        f"tryToReloadTodayBasicSteps{_milliseconds(s)}|"
        f"{s.size(1, 9000)}|{s.num(0, 9)}|{s.num(0, 9)}")),
)  # fmt: skip
