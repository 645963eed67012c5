/**
 * The words of this field as people say them. A line is one thing; its first word stands for all of them, in what is indexed and in what
 * is asked. Words in brackets stand for it only when asked: elsewhere they mean something else as well.
 */
const LINES = `
亡故 去世 过世 离世 逝世 身故 死亡 病故 过身 不在了 人走了 走了以后 逝者 死了 没了 (走了)
搬家 搬到 搬走 搬了 搬去 换房 换社区 转社区 迁居 拆迁 买房 新房 购房 换了房子 新住处 社会化关系 关系转 转接 常年住 户口迁走
住址 地址 住处 住的地方 居住地 常住地
同社区 同一个社区 换住址 换楼 原来小区
养老金 养老钱 退休金 退休工资 养老待遇 基本养老保险待遇
认证 资格认证 领取资格认证 生存认证 年审 人脸识别 人脸认证 刷脸 养老认证 人脸
丧抚 丧抚费 丧葬 丧葬费 丧葬补助金 抚恤金 抚恤 遗属待遇 遗属 丧抚补助金 安葬费
个人账户 个人帐户 账户余额 余下的钱 剩下的钱
慰问 看望 探望 探视 探访 走访 祝寿 来看 看看他 上门看 会来看 看一次
金额 多少钱 领多少 给多少 补多少 多少 标准 最高不超过 不超过 几块钱 慰问金
住院 医院 病房 生病 中风 大病 重病 重大疾病 生大病 得病
困难 特困 穷 生活困难 特别困难 过不下去 困难补助 家里困难 太困难
孤寡 孤老 无儿无女 没有子女 无子女 没有儿女 没子女
突发 火灾 意外 突发情况
独居 一个人住 单独住
不便 行动不便 腿脚不便 走不动 出不了门 腿脚 下不了楼
失能 失智 失能失智 痴呆
春节 过年 新年 年节
过节 节日 重大节日 节日慰问
中秋 中秋节
端午 端午节
重阳 重阳节 敬老节
生日 寿辰 大寿 生日慰问
80岁 八十岁 八十 八十大寿 80周岁 八十了
90岁 九十岁 九十 九十大寿 90周岁
100岁 一百岁 百岁 一百周岁 100周岁
活动 主题活动 广场舞 文体 参加活动 社会化专题活动
太极拳 体育 健身 体育健身 锻炼
文化艺术 书法 唱歌 跳舞 画画 合唱
讲座 参展 展览 讲课
自管小组 小组 互助组 互助 互相帮忙 互相照应 小组长 组长 自管
义工 志愿者 志愿
档案 人事档案 卷宗
查档 查阅 查档案 查自己的档案
借阅 借出 借出来 借档案
房产继承 继承 房屋继承 公证 遗产公证
国企 国有企业 央企 中央企业 省属企业 央属 省属国企 国有
企业 市属企业 私企 民企 民营企业
灵活就业 个体户
登记 报到 录入 纳入管理 没登记
退休 刚退休 办退休 退休手续 刚办完退休
移交 交给 转交
外地 省外 市外 异地 北京 外省 国外 境外 出国 长期住在
政策 规定 办法 文件 细则
咨询 问问 请教 答疑 解答 疑问 看不懂
查询 查待遇 待遇查询 查我的待遇
更正 改信息 写错 写错了 登记错 登记错了 换电话 改电话 换手机号 改名字 登记得不对 改一下 电话号码换了 手机号登记错 名字写错
代办 亲情代办 替我妈 替我爸 替父母 帮父母 帮老人 替家人 替老人 帮我 孩子代办 不会用手机
回电 打电话给我 给我打电话 打个电话 回我电话 打不通 打电话
经费 退管经费 退管费 专项经费 活动经费
预算 挪用 挪作 别的用
下拨 拨付 怎么拨
负责 职责 分工 管什么 负责哪些 管退休人员
专人 专门的人 专门机构
市里 市社保中心 市社保局 市社会保险服务中心 市级
区县 区里 区社保局 区县级
街道 乡镇 街道社区
执行 施行 生效 开始执行 有效期 管几年 到期 期限
解释 由谁解释
社保 社会保险 社保局 社保经办机构
公示 公布
停发 停养老金 养老金停发
调整 涨 上调 涨养老金 涨工资 涨钱
发放 到账 没到账 少发 不到账 发钱
老伴 爱人 老公 老婆 妻子 丈夫
父亲 爸爸 我爸 爷爷 岳父 老头子
母亲 妈妈 我妈 奶奶 岳母
儿女 女儿 儿子 子女 孩子
`;

/** What is in every question and says nothing about it. */
const SAYS_NOTHING = `
怎么 怎么办 怎样 如何 什么 哪里 哪个 哪些 可以 需要 是不是 有没有 能不能 要不要 多久 几次 请问 我们 你们 他们 一下 应该 现在 今年
我要 我想 想要 如果 因为 所以 但是 还是 就是 以后 以前 知道 一个 这个 那个 为什么 要怎么 怎么弄 怎么走 办理 手续 办什么 自己 人员
退休人员 的话 事情 时候 告诉 总是 不过 老是 昨天 今天 我的
`;

export interface Dictionary {
  /** Every word that is written here, for the segmenter. */
  words: string[];
  /** What a word stands for, when something is indexed and when it is asked. */
  indexed: Map<string, string>;
  asked: Map<string, string>;
  silent: Set<string>;
}

export const dictionary: Dictionary = build();

function build(): Dictionary {
  const indexed = new Map<string, string>();
  const asked = new Map<string, string>();
  for (const line of LINES.trim().split('\n')) {
    const words = line.split(' ');
    const [first = ''] = words;
    for (const word of words) {
      const plain = word.replace(/^\((.*)\)$/, '$1');
      asked.set(plain, first);
      if (plain === word) indexed.set(plain, first);
    }
  }
  const silent = new Set(SAYS_NOTHING.trim().split(/\s+/));
  return { words: [...asked.keys(), ...silent], indexed, asked, silent };
}
